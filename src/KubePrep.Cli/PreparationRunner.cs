using KubePrep.Connections;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Cli;

/// <summary>Checks or prepares nodes, several at once, and says what is going on.</summary>
internal sealed class PreparationRunner(ConnectionOptions connection, PreparationRequest request, bool apply, PreparationOutput output)
{
    /// <summary>Works on all the nodes.</summary>
    public void Run(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        var engine = new PreparationEngine(connection, request);
        NodeQueue.Run(
            nodes,
            connection.ThrottleLimit,
            (queue, node, ending) =>
            {
                var result = engine.Run(node, apply, new NodeReporter(queue), ending);
                queue.Post(() => output.Add(result));
            },
            cancellation);
        output.End();
    }
}
