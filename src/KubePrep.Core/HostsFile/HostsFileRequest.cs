namespace KubePrep.HostsFile;

/// <summary>What is wanted of the hosts files.</summary>
public sealed record HostsFileRequest
{
    /// <summary>
    /// The node on which the map is collected, by its name or where to connect to it; it need not be one of the run's other nodes. By
    /// default the first control-plane node.
    /// </summary>
    public string? MasterNode { get; init; }

    /// <summary>How the map reaches the files.</summary>
    public HostsFileMode Mode { get; init; }

    /// <summary>Whether the map is sent although not every node could be asked; the rows such a node had are kept.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>Whether the rows of nodes that are not in the run are removed.</summary>
    public bool Prune { get; init; }
}
