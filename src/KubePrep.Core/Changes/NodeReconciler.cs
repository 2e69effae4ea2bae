using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Changes;

/// <summary>Brings a node from its facts to what is planned for it: plan, apply, and facts again as the proof.</summary>
internal sealed class NodeReconciler(
    Node node, NodeSession session, Func<NodeConnection, NodeFacts> probe, Action<StepName?, string> report, CancellationToken cancellation)
{
    private const int MaximumAttempts = 5;

    /// <summary>Carries out what is planned; where another client is at work on the node, after that.</summary>
    /// <param name="found">The node as it was found.</param>
    /// <param name="plan">What there is to do on a node with these facts.</param>
    /// <returns>The node as it is afterwards, and the run's journal; null if there was nothing to do.</returns>
    /// <exception cref="KubePrepException">It could not be carried out, or others keep changing the node.</exception>
    public (NodeFacts Facts, RunJournal? Journal) Reconcile(NodeFacts found, Func<NodeFacts, IReadOnlyList<Change>> plan)
    {
        var facts = found;
        for (var attempt = 0; attempt < MaximumAttempts; attempt++, facts = session.Persist(probe, Report))
        {
            if (facts.RunInProgress.Length > 0)
            {
                facts = WaitForOther(facts);
            }

            var changes = plan(facts);
            if (changes.Count == 0)
            {
                return (facts, null);
            }

            var journal = new PlanRun(node, session, report, cancellation).CarryOut(changes);
            if (journal.Outcome != RunJournal.Busy)
            {
                Report(NodeProgress.Verifying);
                return (session.Persist(probe, Report), journal);
            }

            // another client's run began between the probe and ours, and what it leaves is to be seen
        }

        throw ChangeErrors.RunInProgress(node, "begun meanwhile");
    }

    private NodeFacts WaitForOther(NodeFacts facts)
    {
        Report($"waiting for the run {facts.RunInProgress} of another client");
        new PlanRun(node, session, report, cancellation).WaitFor(facts.RunInProgress);
        var after = session.Persist(probe, Report);
        return after.RunInProgress.Length == 0 ? after : throw ChangeErrors.RunInProgress(node, after.RunInProgress);
    }

    private void Report(string activity) => report(null, activity);
}
