using KubePrep.Changes;

namespace KubePrep.TimeSync;

/// <summary>What there is to do for a node's clock, and what stands in the way.</summary>
internal sealed record TimeSyncPlan
{
    /// <summary>What there is to do, in order.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>Why what was asked for cannot be done, as sentences without a full stop; there are no changes then.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What the user should know besides, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
