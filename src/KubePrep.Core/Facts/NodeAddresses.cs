using System.Net;
using KubePrep.Inventory;

namespace KubePrep.Facts;

/// <summary>The addresses by which other nodes find a node: those that its user gave it, or else those it was found by.</summary>
internal static class NodeAddresses
{
    /// <summary>The addresses, normalized and each once; at least one.</summary>
    /// <exception cref="KubePrepException">
    /// <see cref="ErrorId.NodeIdentityMissing"/>: it has none. <see cref="ErrorId.InvalidNode"/>: one that its user gave it cannot be one.
    /// </exception>
    public static IReadOnlyList<IPAddress> Of(NodeFacts facts)
    {
        if (Given(facts.Node) is { Count: > 0 } given)
        {
            return given;
        }

        var found = Usable([facts.ConnectionAddress]);
        found = found.Count > 0 ? found : Usable(facts.DefaultAddresses);
        return found.Count > 0 ? found : throw AddressMissing(facts.Node);
    }

    /// <summary>The addresses that the user gave a node.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidNode"/>: one of them cannot be a node's.</exception>
    public static IReadOnlyList<IPAddress> Given(Node node) => [.. node.IPAddress.Select(text => Given(node, text)).Distinct()];

    private static IPAddress Given(Node node, string text)
    {
        var address = AddressOf(text);
        var fault = address is null ? "it is no IPv4 or IPv6 address in full" : HostsAddress.Fault(address);
        return fault is null ? address! : throw InvalidAddress(node, text, fault);
    }

    private static List<IPAddress> Usable(IEnumerable<string> texts) =>
        [.. texts.Select(AddressOf).OfType<IPAddress>().Where(address => HostsAddress.Fault(address) is null).Distinct()];

    private static IPAddress? AddressOf(string text)
    {
        var scope = text.IndexOf('%', StringComparison.Ordinal);
        return HostsAddress.Parse(scope < 0 ? text : text[..scope]) is { } address ? HostsAddress.Normalize(address) : null;
    }

    private static KubePrepException InvalidAddress(Node node, string address, string why) => new(
        ErrorId.InvalidNode,
        node.ToString(),
        $"The IP address '{address}' of '{node}' cannot be one that other nodes find it by: {why}.",
        "Give the node the address by which the other nodes reach it.");

    private static KubePrepException AddressMissing(Node node) => new(
        ErrorId.NodeIdentityMissing,
        node.ToString(),
        $"'{node}' has no address that other nodes could find it by: the connection came in at none, and no default route leaves from one.",
        "Give the node an IPAddress.");
}
