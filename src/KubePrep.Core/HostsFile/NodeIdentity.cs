using System.Net;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>What the other nodes know a node by.</summary>
/// <param name="Node">The node.</param>
/// <param name="Addresses">Its addresses, normalized and each once; at least one.</param>
/// <param name="Names">Its names in the order of its rows, each once; at least one.</param>
internal sealed record NodeIdentity(Node Node, IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Names)
{
    /// <summary>Its rows in a hosts map.</summary>
    public IEnumerable<HostsEntry> Entries => Addresses.Select(address => new HostsEntry(address, Names));

    /// <summary>Finds it in what a probe found out.</summary>
    /// <exception cref="KubePrepException">
    /// <see cref="ErrorId.NodeIdentityMissing"/>: the node has no name or no address that may be mapped.
    /// <see cref="ErrorId.InvalidNode"/>: an address that the user gave it cannot be one of a node.
    /// <see cref="ErrorId.InvalidHostsFile"/>: the marks in its hosts file are damaged.
    /// </exception>
    public static NodeIdentity Of(NodeFacts facts) => new(facts.Node, NodeAddresses.Of(facts), NamesOf(facts));

    private static List<string> NamesOf(NodeFacts facts)
    {
        var host = facts.HostName;
        var label = FirstLabel(host);
        (string What, string? Name)[] candidates =
        [
            ("full name", label.Length < host.Length ? host : FullNameOf(host, HostsDocument.Of(facts))),
            ("node name", facts.Node.NodeName),
            ("host name", label),
        ];
        var names = new List<string>();
        var refused = new List<string>();
        foreach (var (what, name) in candidates.Where(candidate => !string.IsNullOrEmpty(candidate.Name)))
        {
            if (HostsNameRules.Fault(name!) is { } fault)
            {
                refused.Add($"its {what} '{name}' cannot be mapped, as {fault}");
            }
            else if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                names.Add(name!);
            }
        }

        return names.Count > 0 ? names : throw HostsFileErrors.NameMissing(facts.Node, refused.DefaultIfEmpty("it has no host name"));
    }

    /// <summary>
    /// The host name with its domain, as hostname(1) finds it with <c>-f</c> in the node's hosts file; null if it is not there. DNS, which
    /// hostname(1) asks next, is not: a name that only DNS knows it answers on the other nodes too, and a dead resolver would hold up
    /// the run. A row in a block counts last, as it may be what KubePrep has made of one that is a comment by now.
    /// </summary>
    private static string? FullNameOf(string host, HostsDocument document) => document.Rows
        .Where(row => row.Entry.Names.Contains(host, StringComparer.OrdinalIgnoreCase))
        .OrderBy(row => row.IsManaged)
        .Select(row => row.Entry.Names[0])
        .FirstOrDefault(name => name.Length > host.Length && FirstLabel(name).Equals(host, StringComparison.OrdinalIgnoreCase));

    private static string FirstLabel(string name) => name.Split('.', 2)[0];
}
