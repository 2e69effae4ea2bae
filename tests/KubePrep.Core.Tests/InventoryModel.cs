using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

/// <summary>
/// Hosts in six groups, of which each may be in those before it, and set the user of its hosts. Bits of numbers say what is in what.
/// </summary>
internal sealed record InventoryModel(HostModel[] Hosts, int[] Order, int[] Parents, int[] Variables)
{
    private static readonly string[] GroupNames = ["kube_node", "a", "kube-master", "z", "etcd", "chrony"];
    private static readonly NodeRole[] GroupRoles = [NodeRole.Worker, NodeRole.None, NodeRole.ControlPlane, NodeRole.None, NodeRole.Etcd, NodeRole.TimeServer];

    private static readonly string[] AddressVariables = ["ip", "ip6"];

    /// <summary>Inventories of one to eight hosts.</summary>
    public static Gen<InventoryModel> Any { get; } =
        from count in Gen.Choose(1, 8)
        from hosts in HostModel.Any.ListOf(count)
        from order in Gen.Shuffle(Enumerable.Range(0, 6))
        from groups in Gen.Choose(0, 255).ListOf(6)
        from variables in Gen.Choose(0, 63).ListOf(6)
        select new InventoryModel([.. hosts], [.. order], [.. groups], [.. variables]);

    /// <summary>What is to come out, as <see cref="InventorySample.Show(Node)"/> has it.</summary>
    public List<string> Nodes()
    {
        var nodes = Hosts.Select((host, i) => NodeOf(host, i)).ToList();
        var isAny = nodes.Exists(node => node.Role != NodeRole.None);
        return [.. nodes.Where(node => !isAny || node.Role != NodeRole.None).Select(InventorySample.Show)];
    }

    public string Ini()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Hosts.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"h{i}");
            foreach (var (name, value) in VariablesOf(Hosts[i], i))
            {
                text.Append(CultureInfo.InvariantCulture, $" {name}={ShellQuoted(PythonQuoted(value))}");
            }

            text.Append('\n');
        }

        foreach (var group in Order)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{GroupNames[group]}]\n");
            Append(Members(group), i => $"h{i}");
            text.Append(CultureInfo.InvariantCulture, $"[{GroupNames[group]}:children]\n");
            Append(Children(group), child => GroupNames[child]);
            text.Append(CultureInfo.InvariantCulture, $"[{GroupNames[group]}:vars]\n");
            Append(UsersOf(group), user => $"ansible_user = {PythonQuoted(user)} # who");
        }

        return text.ToString();

        void Append<T>(IEnumerable<T> items, Func<T, string> line) => text.AppendJoin("", items.Select(item => line(item) + "\n"));
    }

    public string Yaml()
    {
        var text = new StringBuilder("all:\n  hosts:\n");
        for (var i = 0; i < Hosts.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    h{i}:\n");
            text.AppendJoin("", VariablesOf(Hosts[i], i).Select(item => $"      {item.Name}: {YamlQuoted(item.Value)}\n"));
        }

        foreach (var group in Order)
        {
            text.Append(CultureInfo.InvariantCulture, $"{GroupNames[group]}:\n  hosts:\n");
            text.AppendJoin("", Members(group).Select(i => $"    h{i}:\n"));
            text.Append("  children:\n").AppendJoin("", Children(group).Select(child => $"    {GroupNames[child]}:\n"));
            text.Append("  vars:\n").AppendJoin("", UsersOf(group).Select(user => $"    ansible_user: {YamlQuoted(user)}\n"));
        }

        return text.ToString();
    }

    private Node NodeOf(HostModel host, int i)
    {
        var groups = Enumerable.Range(0, GroupNames.Length).Where(group => IsIn(host, group)).ToList();
        var own = VariablesOf(host, i).ToDictionary(item => item.Name, item => item.Value);
        var winner = groups.Where(group => UsersOf(group).Any())
            .OrderByDescending(Depth).ThenByDescending(group => GroupNames[group], StringComparer.Ordinal)
            .Select(group => UsersOf(group).First()).FirstOrDefault();
        return new Node
        {
            HostName = own.GetValueOrDefault("ansible_host", $"h{i}"),
            NodeName = $"h{i}",
            Port = own.TryGetValue("ansible_port", out var port) ? int.Parse(port, CultureInfo.InvariantCulture) : null,
            UserName = own.GetValueOrDefault("ansible_user", winner!),
            IPAddress = [.. AddressVariables.Where(own.ContainsKey).Select(name => own[name])],
            Role = groups.Aggregate(NodeRole.None, (role, group) => role | GroupRoles[group]),
        };
    }

    private static IEnumerable<(string Name, string Value)> VariablesOf(HostModel host, int i) =>
        new (bool IsSet, string Name, string Value)[]
        {
            (host.Address > 0, "ansible_host", host.Address == 1 ? $"192.0.2.{i}" : $"2001:db8::{i}"),
            (host.Port > 0, "ansible_port", (22 * host.Port).ToString(CultureInfo.InvariantCulture)),
            (host.User.Length > 0, "ansible_user", host.User),
            ((host.Ip & 1) != 0, "ip", $"10.0.0.{i}"),
            ((host.Ip & 2) != 0, "ip6", $"fd00::{i}"),
            (host.Port == 0, "other", "{{ x }}"),
        }.Where(variable => variable.IsSet).Select(variable => (variable.Name, variable.Value));

    private IEnumerable<int> Members(int group) => Enumerable.Range(0, Hosts.Length).Where(i => (Hosts[i].Groups & (1 << group)) != 0);

    /// <summary>Only later groups are in earlier ones, so that there is no circle.</summary>
    private IEnumerable<int> Children(int group) => Enumerable.Range(group + 1, GroupNames.Length - group - 1).Where(child => (Parents[child] & (9 << group)) == (9 << group));

    private IEnumerable<string> UsersOf(int group) => Variables[group] > 31 ? [$"user {group}"] : [];

    private bool IsIn(HostModel host, int group) => (host.Groups & (1 << group)) != 0 || Children(group).Any(child => IsIn(host, child));

    private int Depth(int group) =>
        Enumerable.Range(0, group).Where(parent => Children(parent).Contains(group)).Select(parent => Depth(parent) + 1).DefaultIfEmpty(1).Max();

    private static string PythonQuoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string ShellQuoted(string text) => $"'{text.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";

    private static string YamlQuoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
