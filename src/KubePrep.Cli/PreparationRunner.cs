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
        NodeQueue? queue = null;
        queue = new NodeQueue(connection.ThrottleLimit, (node, ending) =>
        {
            var result = engine.Run(node, apply, new Reporter(queue!), ending);
            queue!.Post(() => output.Add(result));
        });
        using (queue)
        {
            using var stopping = cancellation.UnsafeRegister(_ => queue.Cancel(), null);
            foreach (var node in nodes)
            {
                queue.Add(node);
            }

            queue.RunToEnd();
        }

        output.End();
    }

    /// <summary>Says on standard error what is being done to nodes; plain lines, which a log can hold.</summary>
    private sealed class Reporter(NodeQueue queue) : IProgress<PreparationProgress>
    {
        public void Report(PreparationProgress value)
        {
            if (!value.IsRoutine)
            {
                queue.Post(() => Console.Error.WriteLine($"{value.Node}: {(value.Step is { } step ? $"{step}: " : "")}{value.Activity}"));
            }
        }
    }
}
