using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Facts;

/// <summary>Finds out about nodes, and changes nothing there. It may be called for several nodes at once, from a thread each.</summary>
internal sealed class NodeInspector(ConnectionOptions connection, ProbeRequest request)
{
    private readonly NodeConnector _connector = new(connection);

    /// <summary>A node's facts.</summary>
    /// <exception cref="KubePrepException">The node cannot be connected to, or does not answer as it should.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NodeFacts Inspect(Node node, CancellationToken cancellation)
    {
        using var opened = _connector.Open(node, RootNeed.Preferred, cancellation);
        return NodeProbe.Run(node, opened, request, cancellation);
    }
}
