using KubePrep.Inventory;

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

    /// <summary>The node on which the map of these nodes is collected: master 0.</summary>
    /// <param name="nodes">The nodes of the run, in order.</param>
    /// <returns>One of them, or another that was named.</returns>
    /// <exception cref="KubePrepException"><see cref="ErrorId.MasterNodeMissing"/>: none is a control-plane node, and none was named.</exception>
    public Node MasterOf(IReadOnlyCollection<Node> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        return MasterNode is { Length: > 0 } name
            ? nodes.FirstOrDefault(node => node.ToString() == name) ?? nodes.FirstOrDefault(node => node.HostName == name) ?? new Node(name)
            : nodes.FirstOrDefault(node => node.Role.HasFlag(NodeRole.ControlPlane)) ?? throw HostsFileErrors.MasterNodeMissing();
    }
}
