using System.Diagnostics;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

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

    /// <summary>One node's preparation.</summary>
    private sealed class NodeWork(
        PreparationEngine engine, Node node, bool apply, Action<StepName?, string> report, CancellationToken cancellation)
    {
        private IReadOnlyList<Change> _changes = [];
        private IReadOnlyList<string> _warnings = [];

        public NodePreparation Run()
        {
            engine._identities.Claim(node, engine._request.SetHostName);
            var need = apply ? RootNeed.Required : RootNeed.Preferred;
            using var session = new NodeSession(engine._connector, node, need, cancellation);
            Report(NodeProgress.Connecting);
            var facts = Probe(session.Connection);
            _warnings = engine._identities.Compare(facts);
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
            return NodeProbe.Run(node, connection, engine._probe, cancellation);
        }

        private IReadOnlyList<PlannedStep> Plan(NodeFacts facts) =>
            PreparationPlanner.Plan(new PlanContext(facts, engine._profile, engine._request.SetHostName), engine._request.Steps);

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
            ],
            Facts = facts,
            Error = assessment.Error,
        };
    }
}
