using System.Globalization;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>
/// Keeps other clients from collecting and sending a map of the same nodes. The lock is on master 0 and lasts as long as a connection to
/// it, so that a client that dies gives it back.
/// </summary>
internal sealed class HostsMapLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);
    private readonly Node _master;
    private readonly NodeSession _session;
    private readonly NodeConnection _connection;
    private readonly CancellationToken _cancellation;

    private HostsMapLock(Node master, NodeSession session, CancellationToken cancellation) =>
        (_master, _session, _connection, _cancellation) = (master, session, session.Connection, cancellation);

    /// <summary>Takes the lock; another client that has it is waited for.</summary>
    /// <param name="master">Master 0.</param>
    /// <param name="session">Its connection, whose end gives the lock back.</param>
    /// <param name="report">Is told what is going on.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="KubePrepException">The node cannot be connected to, or the other client did not end.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static HostsMapLock Take(Node master, NodeSession session, Action<string> report, CancellationToken cancellation)
    {
        var taken = new HostsMapLock(master, session, cancellation);
        if (!taken.IsHeldAfter(TimeSpan.Zero))
        {
            report("waiting for another client that sends a map");
            if (!taken.IsHeldAfter(Patience))
            {
                throw HostsFileErrors.MapBusy(master);
            }
        }

        return taken;
    }

    /// <summary>Makes sure that the lock has been held until now.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.ConnectionLost"/>: another client may have sent a map meanwhile.</exception>
    public void RequireHeld()
    {
        try
        {
            if (ReferenceEquals(_session.Connection, _connection))
            {
                _connection.Send("true", Answer, _cancellation);
                return;
            }
        }
        catch (KubePrepException)
        {
            // said below, with what it means
        }

        throw HostsFileErrors.LockLost(_master);
    }

    private bool IsHeldAfter(TimeSpan wait)
    {
        var script = ShellText.Assign(("wait", Seconds(wait)), ("hold", Seconds(Patience))) + ShellText.Script("hosts-lock.sh");
        var reply = _connection.Send(script, wait + Answer, _cancellation);
        return reply.Lines.Contains("held") || (reply.Lines.Contains("busy") ? false : throw HostsFileErrors.LockUnusable(_master));
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
