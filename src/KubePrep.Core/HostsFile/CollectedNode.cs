using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>A node that was asked for its name, address and hosts file.</summary>
/// <param name="Node">The node.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record CollectedNode(Node Node, TimeSpan Duration)
{
    /// <summary>What it said; null if it could not be asked.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary>Its names and addresses; null if it has none that others could use.</summary>
    public NodeIdentity? Identity { get; init; }

    /// <summary>Why one of them is missing; null if none is.</summary>
    public KubePrepException? Error { get; init; }
}
