using System.Diagnostics;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Preparation;

/// <summary>A node's connection, which is made again if it is lost while the node is at work.</summary>
internal sealed class NodeSession(NodeConnector connector, Node node, RootNeed need, CancellationToken cancellation) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private NodeConnection? _connection;

    /// <summary>The connection; it is made now if there is none.</summary>
    public NodeConnection Connection => _connection ??= connector.Open(node, need, cancellation);

    /// <summary>Does something that may be done twice; after a lost connection it is done again over a new one, for some minutes.</summary>
    /// <exception cref="KubePrepException">It failed, or the node did not come back.</exception>
    public T Persist<T>(Func<NodeConnection, T> work, Action<string> report)
    {
        for (Stopwatch? lost = null; ;)
        {
            try
            {
                return work(Connection);
            }
            catch (KubePrepException e) when (IsPassing(e.Id) && (lost ??= Stopwatch.StartNew()).Elapsed < Patience)
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
}
