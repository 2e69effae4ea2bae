using System.Net;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>What two nodes both claim.</summary>
/// <param name="First">The node that was given first.</param>
/// <param name="Second">The other.</param>
internal sealed record HostsConflict(Node First, Node Second)
{
    /// <summary>The names that both have.</summary>
    public List<string> Names { get; } = [];

    /// <summary>The addresses that both have.</summary>
    public List<IPAddress> Addresses { get; } = [];

    /// <summary>Whether both are, as far as can be told, the same machine.</summary>
    public bool IsOneNode { get; init; }

    /// <summary>What is wrong, as a part of a sentence that names both.</summary>
    public override string ToString()
    {
        var (first, second) = (Written(First), Written(Second));
        string[] claims = [.. Listed("the name", Names), .. Listed("the address", Addresses)];
        var both = $"both have {string.Join(" and ", claims)}";
        return first == second ? $"'{first}' is given twice"
            : IsOneNode ? $"'{first}' and '{second}' look like one node that is given twice: {both}"
            : $"'{first}' and '{second}' {both}";
    }

    private static IReadOnlyList<string> Listed<T>(string what, List<T> claims) => claims.Count switch
    {
        0 => [],
        1 => [$"{what} {claims[0]}"],
        _ => [$"{what}{(what.EndsWith('s') ? "es" : "s")} {string.Join(", ", claims)}"],
    };

    /// <summary>The node's name and where it is: two nodes may have been given one name.</summary>
    private static string Written(Node node) =>
        NodeAddress.Join(null, node.HostName, node.Port) is var place && (string.IsNullOrEmpty(node.NodeName) || node.NodeName == place)
            ? place
            : $"{node.NodeName} ({place})";
}
