using System.Globalization;
using System.Numerics;

namespace KubePrep.Inventory;

/// <summary>
/// Which groups a group is in, and in which order their variables count: deeper groups win, then those of a higher priority, then those
/// whose name is later in the alphabet.
/// </summary>
internal sealed class GroupTree
{
    private readonly InventoryDocument _document;
    private readonly Dictionary<InventoryGroup, HashSet<InventoryGroup>> _lineages = [];
    private readonly Dictionary<InventoryGroup, int> _depths = [];

    /// <param name="document">The inventory.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidInventory"/>: a group is in itself, or has a priority that is none.</exception>
    public GroupTree(InventoryDocument document)
    {
        _document = document;
        var parents = document.Groups.ToDictionary(group => group, _ => new List<InventoryGroup>());
        foreach (var parent in document.Groups)
        {
            foreach (var child in parent.Children.Keys)
            {
                parents[child].Add(parent);
            }
        }

        foreach (var group in document.Groups.Where(group => group != document.All && parents[group].Count == 0))
        {
            parents[group].Add(document.All);
        }

        RequireUngroupedAlone(parents[document.Ungrouped]);
        Place(parents);
        Precedence = [.. document.Groups
            .Where(group => group.Variables.Keys.Any(NodeVariables.All.Contains))
            .Select(group => (Group: group, Priority: PriorityOf(group)))
            .OrderByDescending(item => _depths[item.Group])
            .ThenByDescending(item => item.Priority)
            .ThenByDescending(item => item.Group.Name, StringComparer.Ordinal)
            .Select(item => item.Group)];
    }

    /// <summary>The groups that set variables of nodes, the one that wins first.</summary>
    public IReadOnlyList<InventoryGroup> Precedence { get; }

    /// <summary>The groups a host is in, directly or through others.</summary>
    public HashSet<InventoryGroup> GroupsOf(InventoryHost host)
    {
        HashSet<InventoryGroup> groups = [_document.All];
        foreach (var group in host.Groups.Where(group => group != _document.All && group != _document.Ungrouped))
        {
            groups.UnionWith(_lineages[group]);
        }

        if (groups.Count == 1)
        {
            groups.Add(_document.Ungrouped);
        }

        return groups;
    }

    /// <summary>Ansible takes the hosts of such a group out of it again, and out of what it is in, which nobody means.</summary>
    private void RequireUngroupedAlone(List<InventoryGroup> parents)
    {
        if (parents.Find(parent => parent != _document.All) is { } parent)
        {
            throw _document.Error(
                parent.Children[_document.Ungrouped],
                $"the group '{InventoryGroup.Ungrouped}' cannot be a child of '{parent.Name}': it holds what is in no other group",
                $"Name the hosts in '{parent.Name}' itself.");
        }
    }

    /// <summary>Places every group below those it is in; a group is placed when all of those are.</summary>
    private void Place(Dictionary<InventoryGroup, List<InventoryGroup>> parents)
    {
        var missing = parents.ToDictionary(entry => entry.Key, entry => entry.Value.Count);
        var children = parents.Keys.ToDictionary(group => group, _ => new List<InventoryGroup>());
        foreach (var (child, above) in parents)
        {
            above.ForEach(parent => children[parent].Add(child));
        }

        var ready = new Queue<InventoryGroup>(missing.Where(entry => entry.Value == 0).Select(entry => entry.Key));
        while (ready.TryDequeue(out var group))
        {
            _depths[group] = parents[group].Select(parent => _depths[parent] + 1).DefaultIfEmpty(0).Max();
            _lineages[group] = [group, .. parents[group].SelectMany(parent => _lineages[parent])];
            foreach (var child in children[group].Where(child => --missing[child] == 0))
            {
                ready.Enqueue(child);
            }
        }

        if (_depths.Count < parents.Count)
        {
            throw Circle(parents);
        }
    }

    /// <summary>From a group that could not be placed, the way up among such groups ends in a circle.</summary>
    private KubePrepException Circle(Dictionary<InventoryGroup, List<InventoryGroup>> parents)
    {
        var child = parents.Keys.First(group => !_depths.ContainsKey(group));
        var seen = new HashSet<InventoryGroup>();
        while (seen.Add(child))
        {
            child = parents[child].First(parent => !_depths.ContainsKey(parent));
        }

        var above = parents[child].First(parent => !_depths.ContainsKey(parent));
        return _document.Error(
            above.Children.GetValueOrDefault(child, child.Line),
            $"the group '{child.Name}' is a child of '{above.Name}', which is '{child.Name}' itself or below it",
            "Take one of the two out of the other.");
    }

    private BigInteger PriorityOf(InventoryGroup group) =>
        !group.Variables.TryGetValue(NodeVariables.GroupPriority, out var value) ? 1
        : BigInteger.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority) ? priority
        : throw _document.Error(value.Line, $"'{NodeVariables.GroupPriority}' of the group '{group.Name}' is no whole number");
}
