using KubePrep.Changes;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>What came of a node's hosts file.</summary>
public sealed record HostsFileResult
{
    /// <summary>The node, as its user named it.</summary>
    public required Node Node { get; init; }

    /// <summary>How the file was found, or left.</summary>
    public required HostsFileStatus Status { get; init; }

    /// <summary>How many addresses came into it, or would.</summary>
    public int Added { get; init; }

    /// <summary>How many addresses got other names, or would.</summary>
    public int Changed { get; init; }

    /// <summary>How many addresses were removed from it, or would be.</summary>
    public int Removed { get; init; }

    /// <summary>How long it took, without the wait for other nodes.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What was changed, or what would be.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>What the user should know about the node besides.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it failed, or the node could not be reached; null otherwise.</summary>
    public KubePrepException? Error { get; init; }
}
