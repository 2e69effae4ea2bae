using KubePrep.Changes;
using KubePrep.Inventory;

namespace KubePrep.Base;

/// <summary>Shows the progress that work on nodes reports.</summary>
/// <param name="show">Shows what is going on at a node.</param>
internal sealed class NodeReporter(Action<Node, string> show) : IProgress<NodeProgress>
{
    public void Report(NodeProgress value) => show(value.Node, value.Step is { } step ? $"{step}: {value.Activity}" : value.Activity);
}
