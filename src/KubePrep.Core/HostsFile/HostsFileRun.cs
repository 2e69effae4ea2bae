using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>One run, after all its nodes have been asked: the map is made on master 0, and sent to the others.</summary>
internal sealed class HostsFileRun
{
    private readonly NodeConnector _connector;
    private readonly CollectedNode _master;
    private readonly IReadOnlyList<CollectedNode> _failed;
    private readonly IReadOnlyList<CollectedNode> _others;
    private readonly HostsFileRequest _request;
    private readonly HostsFilePlanner _planner;
    private readonly IProgress<NodeProgress>? _progress;
    private readonly CancellationToken _cancellation;

    public HostsFileRun(
        NodeConnector connector, HostsFileRequest request, IReadOnlyList<CollectedNode> nodes, CollectedNode master,
        IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        (_connector, _request, _master, _progress, _cancellation) = (connector, request, master, progress, cancellation);
        _failed = [.. nodes.Where(node => node.Error is not null)];
        _others = [.. nodes.Where(node => node.Error is null && node != master)];
        _planner = new HostsFilePlanner(request, [.. Known.Select(node => node.Identity!)], [.. _failed.Select(node => node.Node)]);
    }

    /// <summary>Is given each node's result as soon as it is known, on the thread that runs this.</summary>
    public required Action<HostsFileResult> Emit { get; init; }

    private IEnumerable<CollectedNode> Known => _master.Error is null ? _others.Prepend(_master) : _others;

    /// <summary>A node that an error has befallen.</summary>
    public static HostsFileResult Failed(CollectedNode node, KubePrepException error) => new()
    {
        Node = node.Node,
        Status = ConnectionErrors.IsUnreachable(error.Id) ? HostsFileStatus.Unreachable : HostsFileStatus.Failed,
        Duration = node.Duration,
        Error = error,
    };

    /// <summary>Makes the map and sends it, or finds out what that would change.</summary>
    /// <param name="apply">Whether files are changed.</param>
    /// <param name="throttleLimit">How many nodes are worked on at once.</param>
    /// <exception cref="KubePrepException">There is no map that could be sent.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(bool apply, int throttleLimit)
    {
        foreach (var node in _failed)
        {
            Emit(Failed(node, node.Error!));
        }

        RequireMap();
        var found = Compare();
        if (!apply || found.All(result => result.Status != HostsFileStatus.Drifted))
        {
            found.ForEach(Emit);
            return;
        }

        using var session = new NodeSession(_connector, _master.Node, RootNeed.Required, _cancellation);
        var held = TakeLock(session);
        Broadcast(Reduce(session), throttleLimit);
        held.RequireHeld();
    }

    /// <summary>A node as it was found.</summary>
    private static HostsFileResult Found(CollectedNode node, Func<HostsFilePlan> plan)
    {
        try
        {
            var found = plan();
            return found.ToResult(node.Node, found.Changes.Count > 0 ? HostsFileStatus.Drifted : HostsFileStatus.Compliant, node.Duration);
        }
        catch (KubePrepException e)
        {
            return Failed(node, e); // its file has half a block, and it fails alone
        }
    }

    /// <summary>Makes sure that all nodes have answered, as far as they must, and that no two are at odds.</summary>
    private void RequireMap()
    {
        if (_master.Error is not null || (_failed.Count > 0 && !_request.AllowPartial))
        {
            throw Skipping(Known, HostsFileErrors.MapIncomplete(_master.Node, [.. _failed.Select(node => node.Node)]));
        }

        try
        {
            HostsMapConflicts.Check([.. Known.Select(node => node.Identity!)]);
        }
        catch (KubePrepException e)
        {
            throw Skipping(Known, e);
        }
    }

    private List<HostsFileResult> Compare()
    {
        var draft = Draft();
        return [Found(_master, () => draft), .. _others.Select(node => Found(node, () => PlanForNode(node, node.Facts!, draft)))];
    }

    private HostsFilePlan Draft()
    {
        try
        {
            return PlanForMaster(_master.Facts!);
        }
        catch (KubePrepException e)
        {
            throw WithoutMaster(Failed(_master, e));
        }
    }

    private HostsMapLock TakeLock(NodeSession session)
    {
        try
        {
            return HostsMapLock.Take(_master.Node, session, activity => Report(_master.Node, null, activity), _cancellation);
        }
        catch (KubePrepException e)
        {
            throw WithoutMaster(Failed(_master, e));
        }
    }

    /// <summary>Has the map on master 0.</summary>
    /// <returns>What its file holds, read from it.</returns>
    private HostsFilePlan Reduce(NodeSession session)
    {
        // the lock may have been waited for, and another client's map be there
        var update = new HostsFileUpdate(_connector, _master, PlanForMaster, (step, activity) => Report(_master.Node, step, activity), _cancellation);
        var result = update.Run(session);
        if (result.Error is not null)
        {
            throw WithoutMaster(result);
        }

        Emit(result);
        return PlanForMaster(update.Facts!);
    }

    private void Broadcast(HostsFilePlan reference, int throttleLimit)
    {
        var nodes = _others.ToDictionary(node => node.Node);
        NodeQueue.Run(nodes.Keys, throttleLimit, Send, _cancellation);

        void Send(NodeQueue queue, Node name, CancellationToken ending)
        {
            var node = nodes[name];
            var update = new HostsFileUpdate(
                _connector,
                node,
                facts => PlanForNode(node, facts, reference),
                (step, activity) => queue.Post(() => Report(name, step, activity)),
                ending);
            var result = update.Run(node.Facts!);
            queue.Post(() => Emit(result));
        }
    }

    private HostsFilePlan PlanForMaster(NodeFacts facts) => _planner.ForMaster(facts, _master.Identity!);

    private HostsFilePlan PlanForNode(CollectedNode node, NodeFacts facts, HostsFilePlan reference) => _planner.ForNode(facts, node.Identity!, reference);

    /// <summary>Says that master 0 failed, and that nothing was done on the others because of that.</summary>
    private KubePrepException WithoutMaster(HostsFileResult master)
    {
        Emit(master);
        return Skipping(_others, HostsFileErrors.MapIncomplete(_master.Node, [_master.Node]));
    }

    /// <summary>Says of nodes that nothing was done there, because of an error that is not theirs.</summary>
    private KubePrepException Skipping(IEnumerable<CollectedNode> nodes, KubePrepException error)
    {
        foreach (var node in nodes)
        {
            Emit(new HostsFileResult { Node = node.Node, Status = HostsFileStatus.Skipped, Duration = node.Duration });
        }

        return error;
    }

    private void Report(Node node, StepName? step, string activity) => _progress?.Report(new NodeProgress(node, step, activity));
}
