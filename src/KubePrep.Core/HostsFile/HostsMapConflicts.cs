namespace KubePrep.HostsFile;

/// <summary>
/// Finds nodes that claim one name or one address: whatever the map would say about it, on some node it would be wrong.
/// </summary>
internal static class HostsMapConflicts
{
    /// <summary>Expects that no two nodes claim the same.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.HostsMapConflict"/>: some do; all are named, up to a bound.</exception>
    public static void Check(IReadOnlyList<NodeIdentity> nodes)
    {
        // each later claim is held against the first alone, so that a name that all nodes have makes no millions of pairs
        var conflicts = new Dictionary<(NodeIdentity First, NodeIdentity Second), HostsConflict>();
        var found = new List<HostsConflict>();
        FindShared(nodes, node => node.Names, StringComparer.OrdinalIgnoreCase, (pair, name) => Between(pair).Names.Add(name));
        FindShared(nodes, node => node.Addresses, null, (pair, address) => Between(pair).Addresses.Add(address));
        if (found.Count > 0)
        {
            throw HostsFileErrors.Conflict(found);
        }

        HostsConflict Between((NodeIdentity First, NodeIdentity Second) pair)
        {
            if (!conflicts.TryGetValue(pair, out var conflict))
            {
                conflict = new HostsConflict(pair.First.Node, pair.Second.Node) { IsOneNode = IsOneNode(pair.First, pair.Second) };
                conflicts.Add(pair, conflict);
                found.Add(conflict);
            }

            return conflict;
        }
    }

    private static void FindShared<T>(
        IReadOnlyList<NodeIdentity> nodes,
        Func<NodeIdentity, IReadOnlyList<T>> claims,
        IEqualityComparer<T>? comparer,
        Action<(NodeIdentity First, NodeIdentity Second), T> share)
        where T : notnull
    {
        var owners = new Dictionary<T, NodeIdentity>(comparer);
        foreach (var node in nodes)
        {
            foreach (var claim in claims(node))
            {
                if (!owners.TryAdd(claim, node))
                {
                    share((owners[claim], node), claim);
                }
            }
        }
    }

    /// <summary>
    /// Whether both are reached in one way, or have all their addresses and a name in common. Clones have names in common, and nodes that
    /// were given an address by mistake have addresses in common, but seldom both.
    /// </summary>
    private static bool IsOneNode(NodeIdentity first, NodeIdentity second) =>
        (string.Equals(first.Node.HostName, second.Node.HostName, StringComparison.OrdinalIgnoreCase) && first.Node.Port == second.Node.Port)
        || (first.Addresses.ToHashSet().SetEquals(second.Addresses)
            && first.Names.Intersect(second.Names, StringComparer.OrdinalIgnoreCase).Any());
}
