using System.Net;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>Makes one hosts map of the nodes of a run and of the rows that the first control-plane node has.</summary>
internal static class HostsMapReducer
{
    /// <summary>
    /// Makes it. A row with an address or a name that a node of the run claims is that node's old row, and gives way to its new ones: it
    /// may have been renamed or renumbered, or have lost its IPv6.
    /// </summary>
    /// <param name="existing">The rows of the managed block.</param>
    /// <param name="nodes">The nodes of the run, no two of which claim the same.</param>
    /// <param name="absent">Nodes of the run that could not be asked; their rows stay as they are, also if others are pruned.</param>
    /// <param name="prune">Whether rows that are of none of all these nodes go.</param>
    public static HostsReduction Reduce(
        IReadOnlyList<HostsEntry> existing, IReadOnlyList<NodeIdentity> nodes, IReadOnlyList<Node> absent, bool prune)
    {
        var addresses = nodes.SelectMany(node => node.Addresses).ToHashSet();
        var names = nodes.SelectMany(node => node.Names).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var refused = new List<HostsEntry>();
        var rows = existing.Select(row => Permitted(row, refused)).OfType<HostsEntry>()
            .Where(row => !addresses.Contains(row.Address) && !row.Names.Any(names.Contains))
            .ToList();

        var byAddress = rows.ToLookup(row => row.Address);
        var byName = rows.SelectMany(row => row.Names, (row, name) => (row, name))
            .ToLookup(pair => pair.name, pair => pair.row, StringComparer.OrdinalIgnoreCase);
        var ofAbsent = new HashSet<HostsEntry>(ReferenceEqualityComparer.Instance);
        var missing = new List<Node>();
        foreach (var node in absent)
        {
            var found = RowsOf(node, byAddress, byName);
            ofAbsent.UnionWith(found);
            if (found.Count == 0)
            {
                missing.Add(node);
            }
        }

        var previous = rows.Where(ofAbsent.Contains).ToList();
        var others = rows.Where(row => !ofAbsent.Contains(row)).ToList();
        var kept = prune ? [] : others;
        return new HostsReduction
        {
            Map = HostsMap.Of([.. nodes.SelectMany(node => node.Entries), .. previous, .. kept]),
            Kept = kept,
            Pruned = prune ? others : [],
            Previous = previous,
            Refused = refused,
            Missing = missing,
        };
    }

    /// <summary>The part of a row that a map may hold; null if it is none. What is left out is added to those refused.</summary>
    private static HostsEntry? Permitted(HostsEntry row, List<HostsEntry> refused)
    {
        var address = HostsAddress.Normalize(row.Address);
        var names = HostsAddress.Fault(address) is null ? row.Names.Where(name => HostsNameRules.Fault(name) is null).ToList() : [];
        if (names.Count < row.Names.Count)
        {
            refused.Add(new HostsEntry(row.Address, [.. row.Names.Where(name => !names.Contains(name))]));
        }

        return names.Count > 0 ? new HostsEntry(address, names) : null;
    }

    /// <summary>
    /// The rows of a node that could not be asked: by what its user calls it and, as a node has a row for each of its addresses, by the
    /// names in the rows found so.
    /// </summary>
    private static HashSet<HostsEntry> RowsOf(Node node, ILookup<IPAddress, HostsEntry> byAddress, ILookup<string, HostsEntry> byName)
    {
        var found = new HashSet<HostsEntry>(ReferenceEqualityComparer.Instance);
        foreach (var text in (IEnumerable<string>)[node.NodeName ?? "", node.HostName, .. node.IPAddress])
        {
            found.UnionWith(HostsAddress.Parse(text) is { } address ? byAddress[HostsAddress.Normalize(address)] : byName[text]);
        }

        found.UnionWith(found.SelectMany(row => row.Names).ToList().SelectMany(name => byName[name]));
        return found;
    }
}
