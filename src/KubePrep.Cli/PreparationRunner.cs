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
        var prepared = new Dictionary<Node, NodePreparation>();
        NodeQueue.Run(
            nodes,
            connection.ThrottleLimit,
            (queue, node, ending) =>
            {
                var result = engine.Run(node, apply, new NodeReporter(queue), ending);
                queue.Post(() => Take(result));
            },
            cancellation);
        var progress = new NodeReporter(queue: null);
        foreach (var result in engine.CompleteTimeSync([.. nodes.Where(prepared.ContainsKey).Select(node => prepared[node])], apply, progress, cancellation))
        {
            output.Add(result);
        }

        output.End();

        // the rows of nodes whose clocks are set up together wait for the last
        void Take(NodePreparation result)
        {
            if (request.CompletesTimeSync)
            {
                prepared[result.Node] = result;
            }
            else
            {
                output.Add(result);
            }
        }
    }
}
