using System.Diagnostics;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Changes;

/// <summary>A node's connection, which is made again if it is lost while the node is at work.</summary>
internal sealed class NodeSession(NodeConnector connector, Node node, RootNeed need, CancellationToken cancellation) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private NodeConnection? _connection;

    /// <summary>The connection; it is made now if there is none.</summary>
    public NodeConnection Connection => _connection ??= connector.Open(node, need, cancellation);

    /// <summary>Does something that may be done twice; after a lost connection it is done again over a new one, for some minutes.</summary>
    /// <exception cref="KubePrepException">It failed, or the node did not come back.</exception>
    public T Persist<T>(Func<NodeConnection, T> work, Action<string> report)
    {
        var lost = new Stopwatch();
        while (true)
        {
            var held = new Stopwatch();
            try
            {
                var connection = Connection;
                held.Start();
                return work(connection);
            }
            catch (KubePrepException e) when (IsPassing(e.Id) && IsPatient(lost, held))
            {
                report("lost; connecting again");
                Dispose();
                cancellation.WaitHandle.WaitOne(Pause);
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private static bool IsPassing(ErrorId id) => id is ErrorId.ConnectionLost or ErrorId.ConnectionTimeout or ErrorId.ConnectionRefused
        or ErrorId.ConnectionFailed or ErrorId.NodeUnreachable;

    /// <summary>Whether the node may still come back: patience begins anew with each connection that has held for a while.</summary>
    private static bool IsPatient(Stopwatch lost, Stopwatch held)
    {
        if (held.Elapsed > Steady)
        {
            lost.Reset();
        }

        lost.Start();
        return lost.Elapsed < Patience;
    }
}
