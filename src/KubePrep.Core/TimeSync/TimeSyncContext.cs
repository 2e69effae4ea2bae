using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>What a node's time is planned with.</summary>
/// <param name="Facts">The node as it is.</param>
/// <param name="Request">What is wanted of all nodes.</param>
internal sealed record TimeSyncContext(NodeFacts Facts, TimeSyncRequest Request)
{
    /// <summary>The node's part in the cluster's own time; null if it has none, as other sources keep the clocks.</summary>
    public ClusterPart? Cluster { get; init; }

    /// <summary>Whether the kernel has refused its module for the hypervisor's clock, as the host does not offer one.</summary>
    public bool IsPtpRefused { get; init; }
}
