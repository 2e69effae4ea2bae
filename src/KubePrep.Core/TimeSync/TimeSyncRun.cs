using System.Collections.Concurrent;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>One run, after all its nodes have been asked: time servers are set up before those that follow them.</summary>
internal sealed class TimeSyncRun(
    NodeConnector connector, TimeSyncRequest request, IReadOnlyList<InspectedNode> nodes, IProgress<NodeProgress>? progress,
    CancellationToken cancellation)
{
    private readonly ClusterTime? _cluster = ClusterTime.Of(nodes, request.Source);

    /// <summary>Sets up what keeps the clocks, or finds out what that would change.</summary>
    /// <param name="apply">Whether nodes are changed.</param>
    /// <param name="throttleLimit">How many are worked on at once.</param>
    /// <returns>What came of each node, in their order.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<TimeSyncOutcome> Run(bool apply, int throttleLimit)
    {
        var outcomes = new ConcurrentDictionary<Node, TimeSyncOutcome>();
        foreach (var node in nodes.Where(node => node.Facts is null))
        {
            outcomes[node.Node] = new TimeSyncOutcome(node) { Error = node.Error };
        }

        foreach (var group in nodes.Where(node => node.Facts is not null).ToLookup(node => _cluster?.IsServer(node.Node) != true).OrderBy(group => group.Key))
        {
            var asked = group.DistinctBy(node => node.Node).ToDictionary(node => node.Node);
            NodeQueue.Run(asked.Keys, throttleLimit, (queue, node, ending) => outcomes[node] = Work(asked[node], apply, queue, ending), cancellation);
        }

        return [.. nodes.Select(node => outcomes[node.Node])];
    }

    private TimeSyncOutcome Work(InspectedNode node, bool apply, NodeQueue queue, CancellationToken ending)
    {
        if (!apply)
        {
            return Found(node);
        }

        return new TimeSyncUpdate(
            connector,
            node,
            Plan,
            request.NtpServers,
            (step, activity) => queue.Post(() => progress?.Report(new NodeProgress(node.Node, step, activity))),
            ending).Run();
    }

    private TimeSyncOutcome Found(InspectedNode node)
    {
        try
        {
            var plan = Plan(node.Facts!, isPtpRefused: false);
            return new TimeSyncOutcome(node)
            {
                Changes = plan.Changes,
                Warnings = plan.Warnings,
                Error = plan.Faults.Count == 0 ? null : TimeSyncErrors.NotPossible(node.Node, plan.Faults),
            };
        }
        catch (KubePrepException e)
        {
            return new TimeSyncOutcome(node) { Error = e };
        }
    }

    private TimeSyncPlan Plan(NodeFacts facts, bool isPtpRefused) => TimeSyncPlanner.Plan(new TimeSyncContext(facts, request)
    {
        Cluster = _cluster?.PartOf(facts),
        IsPtpRefused = isPtpRefused,
    });
}
