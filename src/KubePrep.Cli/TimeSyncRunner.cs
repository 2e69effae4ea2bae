using KubePrep.Connections;
using KubePrep.Inventory;
using KubePrep.TimeSync;

namespace KubePrep.Cli;

/// <summary>Asks nodes about their clocks, several at once, and works on all.</summary>
internal sealed class TimeSyncRunner(ConnectionOptions connection, TimeSyncRequest request, bool apply)
{
    private readonly TimeSyncEngine _engine = new(connection, request);

    /// <summary>Asks the nodes.</summary>
    public IReadOnlyList<InspectedNode> Inspect(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        var inspected = new Dictionary<Node, InspectedNode>();
        NodeQueue.Run(
            nodes,
            connection.ThrottleLimit,
            (queue, node, ending) =>
            {
                var answer = _engine.Inspect(node, null, apply, new NodeReporter(queue), ending);
                queue.Post(() => inspected[node] = answer);
            },
            cancellation);
        return [.. nodes.Select(node => inspected[node])];
    }

    /// <summary>Asks the nodes, and sets up what keeps their clocks.</summary>
    public void Run(IReadOnlyList<Node> nodes, SyncTimeOutput output, CancellationToken cancellation) =>
        output.Print(_engine.Complete(Inspect(nodes, cancellation), apply, new NodeReporter(queue: null), cancellation));
}
