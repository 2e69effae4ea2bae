namespace KubePrep.Lab.Tests;

/// <summary>A node's line of an inventory.</summary>
/// <param name="Node">The node.</param>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="More">What the line says besides.</param>
internal sealed record InventoryLine(FleetNode Node, string Name, string More = "")
{
    public override string ToString() => $"{Node.Address} k8s_nodename='{Name}' {More}".TrimEnd();
}
