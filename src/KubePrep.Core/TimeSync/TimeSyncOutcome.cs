using KubePrep.Changes;

namespace KubePrep.TimeSync;

/// <summary>What came of a node before it is compared with the others.</summary>
/// <param name="Node">The node, as it was found, or left.</param>
internal sealed record TimeSyncOutcome(InspectedNode Node)
{
    /// <summary>What was changed, or what would be.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>Whether the changes were carried out, rather than only planned.</summary>
    public bool IsApplied { get; init; }

    /// <summary>What the user should know besides.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it failed; null if it did not.</summary>
    public KubePrepException? Error { get; init; }
}
