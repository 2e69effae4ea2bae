using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>A node's clock, to be compared with the other nodes'.</summary>
/// <param name="Node">The node.</param>
/// <param name="Clock">Its clock, compared with that of this machine; null if that failed.</param>
/// <param name="Judgement">Whether it is kept; null if that is not known.</param>
internal sealed record ComparedClock(Node Node, ClockReading? Clock, Judgement? Judgement)
{
    /// <summary>Whether it is known to be kept by what leads to UTC, so that it is the others that are likely wrong.</summary>
    public bool IsTrusted => Judgement is { Verdict: TimeSyncVerdict.Synchronized, IsTraceable: true };

    /// <summary>Whether the node is one of those that bear the least difference: etcd's, and the control plane's.</summary>
    public bool IsStrict => (Node.Role & (NodeRole.ControlPlane | NodeRole.Etcd)) != 0;
}
