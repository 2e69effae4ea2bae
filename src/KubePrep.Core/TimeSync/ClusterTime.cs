using System.Net;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>The nodes of a run that keep the others' time: its time servers, or else its control-plane nodes.</summary>
internal sealed class ClusterTime
{
    private readonly IReadOnlyList<InspectedNode> _nodes;
    private readonly HashSet<Node> _servers;

    private ClusterTime(IReadOnlyList<InspectedNode> nodes, IEnumerable<Node> servers) => (_nodes, _servers) = (nodes, [.. servers]);

    /// <summary>The cluster's own time, if the nodes are to keep it.</summary>
    /// <param name="nodes">The nodes of the run.</param>
    /// <param name="source">What was asked for; an inventory that names time servers has asked for the cluster's.</param>
    /// <returns>It; null if other sources are to keep the clocks.</returns>
    /// <exception cref="KubePrepException"><see cref="ErrorId.TimeServerMissing"/>.</exception>
    public static ClusterTime? Of(IReadOnlyList<InspectedNode> nodes, TimeSyncSource source)
    {
        var named = ServersOf(nodes, NodeRole.TimeServer);
        if (source != TimeSyncSource.Cluster && !(source == TimeSyncSource.Auto && named.Count > 0))
        {
            return null;
        }

        var servers = named.Count > 0 ? named : ServersOf(nodes, NodeRole.ControlPlane);
        return servers.Count > 0 ? new ClusterTime(nodes, servers) : throw TimeSyncErrors.TimeServerMissing();
    }

    /// <summary>Whether others follow a node.</summary>
    public bool IsServer(Node node) => _servers.Contains(node);

    /// <summary>A node's part.</summary>
    /// <exception cref="KubePrepException">An address that a user gave a node cannot be one, or the node itself has none.</exception>
    public ClusterPart PartOf(NodeFacts facts)
    {
        _ = NodeAddresses.Of(facts); // a node that cannot be found fails itself, and not those that look for it
        var others = _nodes.Where(node => node.Node != facts.Node).ToList();
        return new ClusterPart(
            IsServer(facts.Node),
            [.. others.Where(node => IsServer(node.Node)).Select(AddressesOf).Where(addresses => addresses.Count > 0).Select(addresses => addresses[0])],
            [.. others.SelectMany(AddressesOf)]);
    }

    private static List<Node> ServersOf(IEnumerable<InspectedNode> nodes, NodeRole role) =>
        [.. nodes.Select(node => node.Node).Where(node => node.Role.HasFlag(role))];

    /// <summary>What is known of a node's addresses; also of one that cannot be asked just now.</summary>
    private static IReadOnlyList<IPAddress> AddressesOf(InspectedNode node)
    {
        try
        {
            return node.Facts is { } facts ? NodeAddresses.Of(facts) : NodeAddresses.Given(node.Node);
        }
        catch (KubePrepException)
        {
            return []; // it is that node's own failure
        }
    }
}
