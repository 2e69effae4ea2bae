using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>A node that was asked about its clock.</summary>
/// <param name="Node">The node.</param>
/// <param name="Duration">How long that took.</param>
internal sealed record InspectedNode(Node Node, TimeSpan Duration)
{
    /// <summary>What it said; null if it could not be asked.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary>Why it could not be asked; null if it could.</summary>
    public KubePrepException? Error { get; init; }
}
