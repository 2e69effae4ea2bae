using KubePrep.Changes;

namespace KubePrep.Preparation;

/// <summary>What a step has to do on a node, and what stands in its way.</summary>
internal sealed record StepPlan
{
    /// <summary>What there is to do, in order.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>What keeps the node from the desired state and cannot be changed by this step, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What differs and belongs to the container's host.</summary>
    public IReadOnlyList<string> HostOwned { get; init; } = [];

    /// <summary>What is not as it should be and does not keep the node from being ready, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Concerns { get; init; } = [];

    /// <summary>What the user should know; it does not spoil the step.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
