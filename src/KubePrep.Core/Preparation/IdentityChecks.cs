using System.Net;
using KubePrep.Facts;

namespace KubePrep.Preparation;

/// <summary>
/// What two nodes must not have in common; clones of one machine do. Compared are their cluster addresses and the interfaces that have
/// them: bridges and tunnels have the same addresses on every node.
/// </summary>
internal static class IdentityChecks
{
    /// <summary>What both have, as sentences without a full stop that name both.</summary>
    public static IReadOnlyList<string> Duplicates(NodeFacts first, NodeFacts second)
    {
        var shared = new List<string>();
        if (first.MachineId.Length > 0 && first.MachineId == second.MachineId)
        {
            shared.Add($"machine-id {first.MachineId}");
        }

        if (first.HostName.Length > 0 && string.Equals(first.HostName, second.HostName, StringComparison.OrdinalIgnoreCase))
        {
            shared.Add($"host name {first.HostName}");
        }

        var (firstAddresses, secondAddresses) = (Addresses(first), Addresses(second));
        shared.AddRange(HardwareAddresses(first, firstAddresses).Intersect(HardwareAddresses(second, secondAddresses))
            .Select(mac => $"MAC address {mac}"));
        shared.AddRange(firstAddresses.Intersect(secondAddresses).Select(address => $"address {address}"));
        return [.. shared.Select(what => $"The nodes {first.Node} and {second.Node} have the same {PlainText.Printable(what)}")];
    }

    private static HashSet<IPAddress> Addresses(NodeFacts facts) =>
    [
        .. facts.Node.IPAddress.Concat(facts.DefaultAddresses)
            .Select(text => IPAddress.TryParse(text, out var address) ? address : IPAddress.None)
            .Where(address => !address.Equals(IPAddress.None) && !IPAddress.IsLoopback(address) && !IsLinkLocal(address)),
    ];

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || (!address.IsIPv4MappedToIPv6 && address.GetAddressBytes() is [169, 254, _, _]);

    private static HashSet<string> HardwareAddresses(NodeFacts facts, HashSet<IPAddress> addresses) =>
    [
        .. facts.Interfaces
            .Where(card => card.Addresses.Any(text => IPAddress.TryParse(text, out var address) && addresses.Contains(address)))
            .Select(card => card.MacAddress.ToLowerInvariant())
            .Where(mac => mac.Any(c => c is not ('0' or ':'))),
    ];
}
