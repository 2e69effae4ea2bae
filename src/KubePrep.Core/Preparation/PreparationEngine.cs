using System.Diagnostics;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.TimeSync;

namespace KubePrep.Preparation;

/// <summary>
/// Brings nodes to a desired state, or finds out how far they are from it: facts, plan, apply, and facts again as the proof. It may be
/// called for several nodes at once, from a thread each.
/// </summary>
public sealed class PreparationEngine
{
    private readonly NodeConnector _connector;
    private readonly PreparationRequest _request;
    private readonly PreparationProfile _profile;
    private readonly ProbeRequest _probe;
    private readonly IdentityRegistry _identities = new();
    private readonly ClockRegistry _clocks = new();
    private readonly TimeSyncEngine _timeSync;

    /// <summary>Checks what is asked for.</summary>
    /// <param name="connection">How nodes are connected to.</param>
    /// <param name="request">What is wanted of them.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidConnectionOption"/> or <see cref="ErrorId.NoStepLeft"/>.</exception>
    public PreparationEngine(ConnectionOptions connection, PreparationRequest request)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Steps.Count == 0)
        {
            throw PreparationErrors.NoStepLeft();
        }

        _connector = new NodeConnector(connection);
        _request = request;
        _profile = request.EffectiveProfile;
        _probe = request.Probe();
        _timeSync = new TimeSyncEngine(connection, new TimeSyncRequest());
    }

    /// <summary>Checks or prepares a node. What goes wrong is in the result.</summary>
    /// <param name="node">The node.</param>
    /// <param name="apply">Whether it is changed; otherwise it is only found out what would be.</param>
    /// <param name="progress">Is told what is going on, on this thread.</param>
    /// <param name="cancellation">Ends it; a node that is being changed finishes the step in hand.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NodePreparation Run(Node node, bool apply, IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(node);
        var clock = Stopwatch.StartNew();
        var work = new NodeWork(this, node, apply, (step, activity) => progress?.Report(new NodeProgress(node, step, activity)), cancellation);
        try
        {
            var result = work.Run();
            return result with { Duration = clock.Elapsed };
        }
        catch (KubePrepException e)
        {
            return work.Failed(e) with { Duration = clock.Elapsed };
        }
    }

    /// <summary>Sets up what keeps the clocks of nodes that have been prepared, if that was asked for.</summary>
    /// <param name="prepared">All nodes of the run.</param>
    /// <param name="apply">Whether they are changed; otherwise it is only found out what would be.</param>
    /// <param name="progress">Is told what is going on, on this thread.</param>
    /// <param name="cancellation">Ends it; nodes that are being changed finish what is in hand.</param>
    /// <returns>The nodes in their order, with what came of their clocks.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal IReadOnlyList<NodePreparation> CompleteTimeSync(
        IReadOnlyList<NodePreparation> prepared, bool apply, IProgress<NodeProgress>? progress, CancellationToken cancellation)
    {
        if (!_request.CompletesTimeSync)
        {
            return prepared;
        }

        var inspected = prepared.Select(result => new InspectedNode(result.Node, TimeSpan.Zero) { Facts = result.Facts, Error = result.Error });
        var results = _timeSync.Complete([.. inspected.Select(node => node.Facts is null ? node : node with { Error = null })], apply, progress, cancellation);
        return [.. prepared.Zip(results, TimeSyncCompletion.Merge)];
    }

    /// <summary>One node's preparation.</summary>
    private sealed class NodeWork(
        PreparationEngine engine, Node node, bool apply, Action<StepName?, string> report, CancellationToken cancellation)
    {
        private IReadOnlyList<Change> _changes = [];
        private IReadOnlyList<string> _warnings = [];
        private IReadOnlyList<string> _clockFaults = [];

        public NodePreparation Run()
        {
            engine._identities.Claim(node, engine._request.SetHostName);
            var need = apply ? RootNeed.Required : RootNeed.Preferred;
            using var session = new NodeSession(engine._connector, node, need, cancellation);
            Report(NodeProgress.Connecting);
            var facts = Inspect(session.Connection);
            var clocks = engine._clocks.Compare(facts);
            _warnings = [.. engine._identities.Compare(facts), .. clocks.Warnings.Select(warning => $"{node}: {warning}")];
            _clockFaults = clocks.Faults;
            return apply ? Prepare(session, facts) : Check(facts);
        }

        public NodePreparation Failed(KubePrepException error) => new()
        {
            Node = node,
            Status = ConnectionErrors.IsUnreachable(error.Id) ? PreparationStatus.Unreachable : PreparationStatus.Failed,
            Duration = TimeSpan.Zero,
            Changes = _changes,
            Warnings = _warnings,
            Error = error,
        };

        private static IEnumerable<Change> ChangesOf(IEnumerable<PlannedStep> plan) => plan.SelectMany(step => step.Plan?.Changes ?? []);

        private static IEnumerable<string> RunWarning(NodeFacts facts) =>
            facts.RunInProgress.Length > 0 ? [$"A run ({PlainText.Printable(facts.RunInProgress)}) is changing '{facts.Node}' now; this is how it was in the middle of it."] : [];

        private static IEnumerable<string> ReadingWarning(NodeFacts facts) => facts.UnreadableFiles.Count > 0
            ? [$"On '{facts.Node}' only root may read {PlainText.Printable(string.Join(", ", facts.UnreadableFiles))}; what is there was not looked at."]
            : [];

        private bool IsTimeWanted => engine._request.Steps.Contains(StepName.TimeSync);

        private void Report(string activity) => report(null, activity);

        private NodePreparation Check(NodeFacts facts)
        {
            var plan = Plan(facts);
            return Result(facts, new PlanAssessment(node, plan).Found(), plan);
        }

        private NodePreparation Prepare(NodeSession session, NodeFacts found)
        {
            IReadOnlyList<PlannedStep> plan = [];
            var (facts, journal) = new NodeReconciler(node, session, Probe, report, cancellation).Reconcile(
                found,
                now =>
                {
                    plan = Plan(now);
                    return _changes = [.. ChangesOf(plan)];
                });
            var assessment = new PlanAssessment(node, plan);
            return Result(facts, journal is null ? assessment.LeftAlone() : assessment.Proved(journal, Plan(facts)), plan);
        }

        private NodeFacts Probe(NodeConnection connection)
        {
            cancellation.ThrowIfCancellationRequested();
            var facts = NodeProbe.Run(node, connection, engine._probe, cancellation);
            return IsTimeWanted ? TimeInspector.WithClock(facts, connection, cancellation) : facts;
        }

        /// <summary>The first probe, which may also ask why nothing keeps the clock.</summary>
        private NodeFacts Inspect(NodeConnection connection)
        {
            var facts = Probe(connection);
            return IsTimeWanted ? TimeInspector.WithAnswers(facts, connection, [], cancellation) : facts;
        }

        private IReadOnlyList<PlannedStep> Plan(NodeFacts facts) =>
            PreparationPlanner.Plan(
                new PlanContext(facts, engine._profile, engine._request.SetHostName) { SetTimeSync = engine._request.SetTimeSync, ClockFaults = _clockFaults },
                engine._request.Steps);

        private NodePreparation Result(NodeFacts facts, Assessment assessment, IReadOnlyList<PlannedStep> plan) => new()
        {
            Node = node,
            Status = assessment.Status,
            Duration = TimeSpan.Zero,
            Steps = assessment.Steps,
            Changes = [.. ChangesOf(plan)],
            Warnings =
            [
                .. _warnings, .. RunWarning(facts), .. ReadingWarning(facts), .. NodeChecks.Warnings(facts, engine._profile).Select(check => $"{node}: {check}"),
                .. plan.SelectMany(step => step.Plan?.Warnings ?? []),
                .. plan.SelectMany(step => step.Plan?.Concerns ?? []).Select(concern => $"{node}: {concern}"),
            ],
            Facts = facts,
            Error = assessment.Error,
        };
    }
}
