using KubePrep.Changes;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>What came of setting up what keeps a node's clock.</summary>
public sealed record TimeSyncResult
{
    /// <summary>The node, as its user named it.</summary>
    public required Node Node { get; init; }

    /// <summary>How the clock was found, or left.</summary>
    public required TimeSyncStatus Status { get; init; }

    /// <summary>What keeps it at last, and how far off it is.</summary>
    public required NodeTimeSync TimeSync { get; init; }

    /// <summary>How long it took, with the wait for the clock.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What was changed, or what would be.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>What the user should know besides.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it failed, or the node could not be reached; null otherwise.</summary>
    public KubePrepException? Error { get; init; }
}
