using KubePrep.Connections;
using KubePrep.HostsFile;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Cli;

/// <summary>Gives nodes each other's names, and says what is going on.</summary>
internal sealed class HostsFileRunner(ConnectionOptions connection, HostsFileRequest request, bool apply, HostsFileOutput output)
{
    private readonly HostsFileEngine _engine = new(connection, request);

    /// <summary>Asks nodes for their names, and works on all.</summary>
    public void Run(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        var collected = new Dictionary<Node, CollectedNode>();
        NodeQueue.Run(
            nodes,
            connection.ThrottleLimit,
            (queue, node, ending) =>
            {
                var answer = _engine.Collect(node, null, apply, new NodeReporter(queue), ending);
                queue.Post(() => collected[node] = answer);
            },
            cancellation);
        Complete([.. nodes.Select(node => collected[node])], cancellation);
    }

    /// <summary>Works on nodes that have been prepared, and have said their names then.</summary>
    public void Run(IReadOnlyList<Node> nodes, IReadOnlyList<NodePreparation> prepared, CancellationToken cancellation)
    {
        output.Said = [.. prepared.Select(result => result.Error)];
        var results = prepared.ToDictionary(result => result.Node);
        Complete([.. nodes.Select(node => Collected(results[node], cancellation))], cancellation);
    }

    private CollectedNode Collected(NodePreparation result, CancellationToken cancellation) => result.Facts is { } facts
        ? _engine.Collect(result.Node, facts, apply, null, cancellation)
        : new CollectedNode(result.Node, TimeSpan.Zero) { Error = result.Error };

    private void Complete(IReadOnlyList<CollectedNode> collected, CancellationToken cancellation)
    {
        try
        {
            _engine.Complete(collected, apply, output.Add, new NodeReporter(queue: null), cancellation);
        }
        catch (KubePrepException e)
        {
            output.Add(e);
        }

        output.End();
    }
}
