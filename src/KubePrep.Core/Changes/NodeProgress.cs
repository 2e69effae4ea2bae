using KubePrep.Inventory;

namespace KubePrep.Changes;

/// <summary>What is going on at a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Step">The step that is being carried out; null before and after that.</param>
/// <param name="Activity">What is being done, such as <c>connecting</c> or <c>install curl</c>.</param>
public sealed record NodeProgress(Node Node, StepName? Step, string Activity)
{
    /// <summary>Whether it is part of every run, so that a log need not hold it.</summary>
    public bool IsRoutine => Step is null && Activity is Connecting or Verifying;

    /// <summary>The activity of a run's beginning.</summary>
    internal const string Connecting = "connecting";

    /// <summary>The activity of a run's end.</summary>
    internal const string Verifying = "verifying";
}
