using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Parameters;

/// <summary>
/// Offers where nodes can be connected to: those of the inventories that were imported last, then the hosts that <c>~/.ssh/config</c> and
/// <c>~/.ssh/known_hosts</c> name. A node of an inventory is found by its name too. What was typed before an @ stays the user.
/// </summary>
public class NodeCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(GivenArguments given, string text)
    {
        var user = text.LastIndexOf('@') is >= 0 and var at ? text[..at] : null;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var node in ImportedNodes.Current)
        {
            seen.Add(NodeAddress.Join(null, node.Host, node.Port));
            yield return Of(node, user);
        }

        foreach (var (address, origin) in HostsOfSsh().Where(host => seen.Add(host.Address)))
        {
            yield return new Suggestion(user is null ? address : $"{user}@{address}", origin);
        }
    }

    /// <summary>How a node of an inventory is offered.</summary>
    /// <param name="node">The node.</param>
    /// <param name="user">The user that was typed; null if none was.</param>
    private protected virtual Suggestion Of(ImportedNode node, string? user) =>
        new(NodeAddress.Join(user ?? node.User, node.Host, node.Port), Origin(node))
        {
            OtherNames = user is null ? [node.Host, node.Name] : [$"{user}@{node.Name}"],
        };

    /// <summary>Where a node of an inventory comes from.</summary>
    private protected static string Origin(ImportedNode node) => $"{node.Name}, of the inventory {node.Inventory}";

    private static IReadOnlyList<(string Address, string Origin)> HostsOfSsh()
    {
        var directory = Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh");
        var knownHosts = Path.Join(directory, "known_hosts");
        var isKnown = $"in {knownHosts}";
        return PromptReading.Collect(
            new SshHostAliases(directory).Read().Select(host => (host.Name, $"Host of {host.Path}")),
            KnownHosts.Addresses(SshFile.Lines(knownHosts)).Select(address => (address, isKnown)));
    }
}
