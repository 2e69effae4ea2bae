using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Preparation;

/// <summary>What a step plans with.</summary>
/// <param name="Facts">The node as it is.</param>
/// <param name="Profile">The node as it should be, for one proxy mode.</param>
/// <param name="SetHostName">Whether the host name is to be the node's name.</param>
internal sealed record PlanContext(NodeFacts Facts, PreparationProfile Profile, bool SetHostName)
{
    /// <summary>Whether what keeps the clock is set up, once all nodes have been prepared.</summary>
    public bool SetTimeSync { get; init; }

    /// <summary>How far the node's clock is from those of others, where that is too far, as sentences without a full stop.</summary>
    public IReadOnlyList<string> ClockFaults { get; init; } = [];

    /// <summary>The steps that are asked for; what a step left out would have done is missing to those after it.</summary>
    public IReadOnlySet<StepName> Steps { get; init; } = PreparationPlanner.StepNames.ToHashSet();
}
