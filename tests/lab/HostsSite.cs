using System.Globalization;

namespace KubePrep.Lab.Tests;

/// <summary>Nodes of an inventory, and the user who gives them each other's names.</summary>
internal sealed class HostsSite : IDisposable
{
    private readonly IReadOnlyList<byte[]> _originals;
    private int _inventories;

    public HostsSite(Lab lab, int count)
    {
        Nodes = lab.StartNodes(count);
        Controller = new Controller(Nodes);
        _originals = [.. Nodes.Select(node => node.HostsBytes())];
    }

    public LabNodes<FleetNode> Nodes { get; }

    public Controller Controller { get; }

    /// <summary>Makes the nodes' hosts files what they were at first, without a trace of what was done to them since.</summary>
    public void Restore()
    {
        foreach (var (node, original) in Nodes.Zip(_originals))
        {
            node.SetHostsBytes(original);
            if (Directory.Exists(node.PathOf(HostsFiles.Backups)))
            {
                Directory.Delete(node.PathOf(HostsFiles.Backups), recursive: true);
            }
        }
    }

    /// <summary>The first nodes by the names that they have where a test does not care: <c>master-1</c>, <c>worker-2</c> and so on.</summary>
    public IReadOnlyList<InventoryLine> Lines(int? count = null) =>
    [
        .. Nodes.Take(count ?? Nodes.Count).Select((node, index) =>
            new InventoryLine(node, string.Create(CultureInfo.InvariantCulture, $"{(index == 0 ? "master" : "worker")}-{index + 1}"))),
    ];

    /// <summary>Writes an inventory as kubeasz has them, of which the first node is the control plane, and gives its path.</summary>
    public string Inventory(params IReadOnlyList<InventoryLine> lines)
    {
        var path = Path.Join(Controller.Home, string.Create(CultureInfo.InvariantCulture, $"hosts-{++_inventories}"));
        File.WriteAllText(
            path,
            $"""
            # a cluster
            [etcd]
            {lines[0].Node.Address}

            [kube_master]
            {lines[0]}

            [kube_node]
            {string.Join('\n', lines.Skip(1))}

            [all:vars]
            ansible_user=root
            CLUSTER_NETWORK="calico"

            """);
        return path;
    }

    /// <summary>Runs <c>kubeprep sync-hosts</c> for an inventory to its end.</summary>
    public ToolResult Sync(IReadOnlyList<InventoryLine> lines, params IEnumerable<string> more)
    {
        using var client = StartSync(lines, more);
        return client.WaitForExit(TimeSpan.FromMinutes(5));
    }

    /// <summary>Starts <c>kubeprep sync-hosts</c> for an inventory.</summary>
    public RunningTool StartSync(IReadOnlyList<InventoryLine> lines, params IEnumerable<string> more) =>
        Start("sync-hosts", lines, more);

    /// <summary>Starts a command for an inventory.</summary>
    public RunningTool Start(string command, IReadOnlyList<InventoryLine> lines, params IEnumerable<string> more) => Controller.Start(
        Controller.Kubeprep,
        [command, "--inventory", Inventory(lines), "--known-hosts", Controller.KnownHosts, "--key-file", Lab.KeyFile, "--json", .. more]);

    public void Dispose()
    {
        Controller.Dispose();
        Nodes.Dispose();
    }
}
