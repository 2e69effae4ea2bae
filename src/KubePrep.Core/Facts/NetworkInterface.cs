namespace KubePrep.Facts;

/// <summary>A network interface and its addresses.</summary>
/// <param name="Name">Such as <c>eth0</c>.</param>
/// <param name="MacAddress">Its hardware address; empty if it has none.</param>
/// <param name="Addresses">Its global addresses, IPv4 and IPv6, without prefix lengths.</param>
public sealed record NetworkInterface(string Name, string MacAddress, IReadOnlyList<string> Addresses)
{
    /// <inheritdoc/>
    public override string ToString() => Addresses.Count == 0 ? Name : $"{Name} {string.Join(" ", Addresses)}";
}
