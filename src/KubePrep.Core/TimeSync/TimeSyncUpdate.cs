using System.Diagnostics;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Sets up what keeps one node's clock, waits until it does, and looks again as the proof.</summary>
/// <param name="connector">Connects to the node.</param>
/// <param name="node">The node, which has been asked.</param>
/// <param name="plan">Plans for the node with these facts, and whether the kernel has refused the hypervisor's clock.</param>
/// <param name="wanted">The NTP servers it is to follow.</param>
/// <param name="report">Is told what is going on.</param>
/// <param name="cancellation">Ends it; a node that is being changed finishes what is in hand.</param>
internal sealed class TimeSyncUpdate(
    NodeConnector connector, InspectedNode node, Func<NodeFacts, bool, TimeSyncPlan> plan, IReadOnlyList<string> wanted,
    Action<StepName?, string> report, CancellationToken cancellation)
{
    /// <summary>Daemons need some ten seconds for their first measurements; more where a server's name has to be found first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A clock that is still being corrected by more than this is waited for.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(100);

    private readonly List<Change> _changes = [];
    private TimeSyncPlan _plan = new();
    private NodeFacts _facts = node.Facts!;
    private bool _isPtpRefused;

    /// <summary>Carries out the plan, if there is anything to do. What goes wrong is in the outcome.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TimeSyncOutcome Run()
    {
        var clock = Stopwatch.StartNew();
        KubePrepException? error = null;
        try
        {
            var changes = Plan(_facts);
            if (changes.Count > 0 || (!ForeignClock.IsOf(_facts) && !IsSettled(_facts)))
            {
                Update();
            }
        }
        catch (KubePrepException e)
        {
            error = e;
        }

        return new TimeSyncOutcome(node with { Facts = _facts, Duration = node.Duration + clock.Elapsed })
        {
            Changes = _changes,
            IsApplied = true,
            Warnings = _plan.Warnings,
            Error = error,
        };
    }

    private static bool IsSynchronized(NodeFacts facts) => TimeSyncJudge.Judge(facts).Verdict == TimeSyncVerdict.Synchronized;

    private static bool IsSettled(NodeFacts facts) =>
        IsSynchronized(facts) && facts.Time!.Daemons.All(daemon => daemon.Correction is null || daemon.Correction.Value.Duration() < Settled);

    private void Update()
    {
        using var session = new NodeSession(connector, node.Node, RootNeed.Required, cancellation);
        var reconciler = new NodeReconciler(node.Node, session, Probe, report, cancellation);
        TimeSyncStages.Run(node.Node, () => Advance(reconciler), () => Plan(_facts));

        Wait(session);
        if (!IsSynchronized(_facts))
        {
            _facts = session.Persist(connection => TimeInspector.Inspect(node.Node, connection, wanted, cancellation), Report);
            throw TimeSyncErrors.NotSynchronized(node.Node, TimeSyncJudge.Judge(_facts));
        }
    }

    /// <summary>Carries out what there is to do on the node as it is now.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool Advance(NodeReconciler reconciler)
    {
        var (facts, journal) = reconciler.Reconcile(_facts, Plan);
        _facts = facts;
        if (journal is null)
        {
            return false;
        }

        _changes.AddRange(_plan.Changes);
        if (journal.FailureOf(StepName.TimeSync) is { } failure)
        {
            _isPtpRefused = _plan.Changes.Any(change => change.Action == ChangeAction.LoadModule)
                ? true
                : throw TimeSyncErrors.NotApplied(node.Node, failure);
        }

        return true;
    }

    private void Wait(NodeSession session)
    {
        var clock = Stopwatch.StartNew();
        while (!IsSettled(_facts) && clock.Elapsed < Patience)
        {
            Report("waiting until the clock is synchronized");
            cancellation.WaitHandle.WaitOne(Pause);
            _facts = session.Persist(Probe, Report);
        }
    }

    private IReadOnlyList<Change> Plan(NodeFacts facts)
    {
        _plan = plan(facts, _isPtpRefused);
        return _plan.Faults.Count == 0 ? _plan.Changes : throw TimeSyncErrors.NotPossible(node.Node, _plan.Faults);
    }

    private NodeFacts Probe(NodeConnection connection)
    {
        cancellation.ThrowIfCancellationRequested();
        return TimeInspector.WithClock(NodeProbe.Run(node.Node, connection, ProbeRequest.OfTime, cancellation), connection, cancellation);
    }

    private void Report(string activity) => report(null, activity);
}
