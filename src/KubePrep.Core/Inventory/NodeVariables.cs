namespace KubePrep.Inventory;

/// <summary>The variables of an inventory that say something about a node. Of several names for one thing the first wins.</summary>
internal static class NodeVariables
{
    /// <summary>The port that a host's line may also give after its name.</summary>
    public const string Port = "ansible_port";

    /// <summary>What decides between groups of one depth.</summary>
    public const string GroupPriority = "ansible_group_priority";

    /// <summary>Ansible looks for the names with ssh last, so that they win.</summary>
    public static IReadOnlyList<string> HostNames { get; } = ["ansible_ssh_host", "ansible_host"];

    public static IReadOnlyList<string> Ports { get; } = ["ansible_ssh_port", Port];

    public static IReadOnlyList<string> UserNames { get; } = ["ansible_ssh_user", "ansible_user"];

    public static IReadOnlyList<string> KeyFiles { get; } = ["ansible_ssh_private_key_file", "ansible_private_key_file"];

    public static IReadOnlyList<string> Connections { get; } = ["ansible_connection"];

    /// <summary>The node's name, as kubeasz has it.</summary>
    public static IReadOnlyList<string> NodeNames { get; } = ["k8s_nodename", "K8S_NODENAME"];

    /// <summary>The node's address in the cluster, as kubespray has it.</summary>
    public static IReadOnlyList<string> Addresses { get; } = ["ip"];

    /// <summary>The node's IPv6 address in the cluster, as kubespray has it.</summary>
    public static IReadOnlyList<string> IPv6Addresses { get; } = ["ip6"];

    /// <summary>All variables of nodes.</summary>
    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>([.. HostNames, .. Ports, .. UserNames, .. KeyFiles, .. Connections, .. NodeNames, .. Addresses, .. IPv6Addresses]);
}
