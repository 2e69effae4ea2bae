using KubePrep.Changes;
using KubePrep.Connections;

namespace KubePrep.Cli;

/// <summary>Says on standard error what is being done to nodes; plain lines, which a log can hold.</summary>
/// <param name="queue">The queue of whose work it says so; null where that is on the thread that prints.</param>
internal sealed class NodeReporter(NodeQueue? queue) : IProgress<NodeProgress>
{
    public void Report(NodeProgress value)
    {
        if (value.IsRoutine)
        {
            return;
        }

        if (queue is null)
        {
            Print(value);
        }
        else
        {
            queue.Post(() => Print(value));
        }
    }

    private static void Print(NodeProgress value) =>
        Console.Error.WriteLine($"{value.Node}: {(value.Step is { } step ? $"{step}: " : "")}{value.Activity}");
}
