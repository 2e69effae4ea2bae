using System.Globalization;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>
/// Keeps other clients from collecting and sending a map of the same nodes. The lock is on master 0 and lasts as long as a connection to
/// it, so that a client that dies gives it back.
/// </summary>
internal sealed class HostsMapLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly Node _master;
    private readonly NodeConnection _connection;
    private readonly CancellationTokenSource _leaving;
    private readonly SemaphoreSlim _news = new(0);
    private readonly Thread _holder;
    private KubePrepException? _failure;
    private volatile bool _isAwaited;
    private volatile bool _isHeld;
    private volatile bool _isEnded;

    private HostsMapLock(Node master, NodeConnection connection, CancellationToken cancellation)
    {
        (_master, _connection) = (master, connection);
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _holder = new Thread(Hold) { IsBackground = true, Name = "KubePrep hosts lock" };
        _holder.Start();
    }

    /// <summary>Takes the lock; another client that has it is waited for.</summary>
    /// <param name="connector">Makes the connection.</param>
    /// <param name="master">Master 0.</param>
    /// <param name="report">Is told what is going on, on this thread.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="KubePrepException">The node cannot be connected to, or the other client did not end.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static HostsMapLock Take(NodeConnector connector, Node master, Action<string> report, CancellationToken cancellation)
    {
        var taken = new HostsMapLock(master, connector.Open(master, RootNeed.Required, cancellation), cancellation);
        try
        {
            taken.WaitForAnswer(cancellation);
            if (taken._isAwaited)
            {
                report("waiting for another client that sends a map");
                taken.WaitForAnswer(cancellation);
            }

            return taken._isHeld ? taken : throw taken._failure ?? HostsFileErrors.MapBusy(master);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure that the lock has been held until now.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.ConnectionLost"/>: another client may have sent a map meanwhile.</exception>
    public void RequireHeld()
    {
        if (_isEnded)
        {
            throw HostsFileErrors.LockLost(_master);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        _leaving.Cancel();
        _holder.Join();
        _connection.Dispose();
        _leaving.Dispose();
        _news.Dispose();
    }

    private void WaitForAnswer(CancellationToken cancellation)
    {
        if (!_isHeld && !_isEnded)
        {
            _news.Wait(cancellation);
        }
    }

    private void Hold()
    {
        try
        {
            var patience = Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            _connection.Follow(ShellText.Assign(("patience", patience)) + ShellText.Script("hosts-lock.sh"), Answer, "leave", _leaving.Token);
        }
        catch (KubePrepException e)
        {
            _failure = e;
        }
        catch (OperationCanceledException)
        {
            // whoever takes the lock knows
        }
        finally
        {
            _isEnded = true;
            _news.Release();
        }

        string? Answer(string line)
        {
            if (line is "waiting" or "held")
            {
                _isAwaited = line == "waiting";
                _isHeld = line == "held";
                _news.Release();
            }

            return null;
        }
    }
}
