using System.Globalization;

namespace KubePrep.Inventory;

/// <summary>Makes nodes of an inventory of Ansible's: its hosts, with the roles of the groups they are in.</summary>
internal sealed class AnsibleInventory
{
    private const string Correct = "Correct the value and run the command again.";
    private const string Local = "localhost";

    /// <summary>The groups of kubeasz and of kubespray, old and new.</summary>
    private static readonly Dictionary<string, NodeRole> Roles = new()
    {
        ["kube_master"] = NodeRole.ControlPlane,
        ["kube-master"] = NodeRole.ControlPlane,
        ["kube_control_plane"] = NodeRole.ControlPlane,
        ["kube-control-plane"] = NodeRole.ControlPlane,
        ["kube_node"] = NodeRole.Worker,
        ["kube-node"] = NodeRole.Worker,
        ["etcd"] = NodeRole.Etcd,
        ["chrony"] = NodeRole.TimeServer,
    };

    private readonly InventoryDocument _document;
    private readonly GroupTree _tree;

    /// <summary>The hosts' names by the names of their nodes.</summary>
    private readonly Dictionary<string, string> _hostsByNodeName = [];

    private AnsibleInventory(InventoryDocument document)
    {
        _document = document;
        _tree = new GroupTree(document);
    }

    /// <exception cref="KubePrepException">
    /// <see cref="ErrorId.InvalidInventory"/>: a value that a node needs cannot be used, two nodes have one name, or a group is in itself.
    /// </exception>
    public static InventoryContent Resolve(InventoryDocument document) => new AnsibleInventory(document).Resolve();

    private InventoryContent Resolve()
    {
        var hosts = _document.Hosts.Select(host => (Host: host, Groups: _tree.GroupsOf(host))).ToList();
        var roles = hosts.ConvertAll(item => RoleOf(item.Groups));
        var hasRoles = roles.Exists(role => role != NodeRole.None);
        var nodes = new List<Node>();
        var ignored = new List<(int Line, string Sentence)>();
        foreach (var (item, role) in hosts.Zip(roles))
        {
            if (hasRoles && role == NodeRole.None)
            {
                ignored.Add((item.Host.Line, $"the host '{item.Host.Name}' is in no group of nodes, and is left out."));
            }
            else
            {
                nodes.Add(NodeOf(item.Host, item.Groups, role));
            }
        }

        ignored.AddRange(
            from entry in _document.VariableLines
            where !NodeVariables.All.Contains(entry.Key) && entry.Key != NodeVariables.GroupPriority
            select (entry.Value, $"the variable '{entry.Key}' is not used."));
        return new InventoryContent
        {
            Nodes = nodes,
            Ignored = [.. ignored.OrderBy(item => item.Line).Select(item => PlainText.Printable($"{_document.Path}:{item.Line}: {item.Sentence}"))],
            Warnings = [.. _document.Warnings, .. Warnings(hosts.Count)],
        };
    }

    private IEnumerable<string> Warnings(int hosts)
    {
        if (hosts == 0)
        {
            yield return PlainText.Printable($"{_document.Path} names no host.");
        }

        if (VariableFiles.Warning(_document.Path) is { } warning)
        {
            yield return PlainText.Printable(warning);
        }
    }

    private static NodeRole RoleOf(IEnumerable<InventoryGroup> groups) =>
        groups.Aggregate(NodeRole.None, (roles, group) => roles | Roles.GetValueOrDefault(group.Name));

    private Node NodeOf(InventoryHost host, HashSet<InventoryGroup> groups, NodeRole role)
    {
        var name = NodeNameOf(host, groups);
        var node = new Node { NodeName = name, IPAddress = AddressesOf(host, groups), Role = role };
        if (IsLocal(host, groups))
        {
            node.HostName = Local;
            return node;
        }

        node.HostName = Text(host, groups, NodeVariables.HostNames)?.Text ?? host.Name;
        node.Port = PortOf(host, groups);
        node.UserName = Text(host, groups, NodeVariables.UserNames)?.Text;
        node.KeyFilePath = Text(host, groups, NodeVariables.KeyFiles) is { } file ? InHome(file.Text) : null;
        return node;
    }

    private static string InHome(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
            : path;

    private bool IsLocal(InventoryHost host, HashSet<InventoryGroup> groups)
    {
        const string BuiltIn = "ansible.builtin.";
        if (Text(host, groups, NodeVariables.Connections) is not { } connection)
        {
            return false;
        }

        var kind = connection.Text.StartsWith(BuiltIn, StringComparison.Ordinal) ? connection.Text[BuiltIn.Length..] : connection.Text;
        return kind switch
        {
            "local" => true,
            "ssh" or "smart" or "paramiko" or "paramiko_ssh" => false,
            _ => throw connection.Error("is a connection that KubePrep does not make", "Give ssh or local, or take the host out."),
        };
    }

    private int? PortOf(InventoryHost host, HashSet<InventoryGroup> groups) =>
        Text(host, groups, NodeVariables.Ports) is not { } value ? null
        : int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port
        : throw value.Error("is no port: ports are 1 to 65535", Correct);

    private string[] AddressesOf(InventoryHost host, HashSet<InventoryGroup> groups)
    {
        var addresses = new List<string>();
        foreach (var variable in (ReadOnlySpan<IReadOnlyList<string>>)[NodeVariables.Addresses, NodeVariables.IPv6Addresses])
        {
            if (Text(host, groups, variable) is { } value)
            {
                addresses.Add(ClusterAddress.IsAddress(value.Text)
                    ? value.Text
                    : throw value.Error("is no IPv4 or IPv6 address", Correct));
            }
        }

        return addresses.Count == 0 && ClusterAddress.IsAddress(host.Name) ? [host.Name] : [.. addresses];
    }

    private string? NodeNameOf(InventoryHost host, HashSet<InventoryGroup> groups)
    {
        var given = Text(host, groups, NodeVariables.NodeNames);
        var name = given is not null ? NameIn(given)
            : host.Name != Local && !ClusterAddress.IsAddress(host.Name) && NodeNameRules.Fault(host.Name) is null ? host.Name
            : null;
        if (name is not null && !_hostsByNodeName.TryAdd(name, host.Name))
        {
            throw _document.Error(
                given?.Value.Line ?? host.Line,
                $"the hosts '{_hostsByNodeName[name]}' and '{host.Name}' would be nodes of the same name, '{name}'",
                "Give each node a name of its own, with k8s_nodename on its host's line.");
        }

        return name;
    }

    /// <summary>A given name, with the two corrections that kubeasz makes.</summary>
    private static string NameIn(FoundValue given)
    {
        var name = given.Text.Replace('_', '-').ToLowerInvariant();
        return NodeNameRules.Fault(name) is { } fault
            ? throw given.Error($"cannot be a node's name: {fault}", "Give a name of lower-case letters, digits, hyphens and dots.")
            : name;
    }

    /// <summary>The text of the first of the variables that is given and not empty.</summary>
    private FoundValue? Text(InventoryHost host, HashSet<InventoryGroup> groups, IReadOnlyList<string> variables)
    {
        foreach (var variable in variables)
        {
            if (Find(host, groups, variable) is { } found && found.RequireText())
            {
                return found;
            }
        }

        return null;
    }

    private FoundValue? Find(InventoryHost host, HashSet<InventoryGroup> groups, string variable) =>
        host.Find(variable) is { } own ? new FoundValue(_document, $"the host '{host.Name}'", variable, own)
        : _tree.Precedence.FirstOrDefault(group => group.Variables.ContainsKey(variable) && groups.Contains(group)) is { } group
            ? new FoundValue(_document, $"the group '{group.Name}'", variable, group.Variables[variable])
        : null;
}
