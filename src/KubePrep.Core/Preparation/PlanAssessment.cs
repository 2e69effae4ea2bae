using KubePrep.Changes;
using KubePrep.Inventory;

namespace KubePrep.Preparation;

/// <summary>Judges a node by its plan, and by the plan that is left when the first has been carried out.</summary>
internal sealed class PlanAssessment(Node node, IReadOnlyList<PlannedStep> plan)
{
    /// <summary>The node as it was found, when nothing is to be changed.</summary>
    public Assessment Found()
    {
        var steps = plan.Select(step => Result(step, Untouched(step.Plan, StepStatus.Drifted))).ToList();
        return new Assessment(
            steps.Any(step => step.Status == StepStatus.Drifted) ? PreparationStatus.Drifted : PreparationStatus.Compliant, steps, null);
    }

    /// <summary>The node when there was nothing that could be changed.</summary>
    public Assessment LeftAlone() => Judged([.. plan.Select(step => Result(step, Untouched(step.Plan, StepStatus.Failed)))], isProved: true);

    /// <summary>The node after the plan has been carried out.</summary>
    /// <param name="journal">What the node wrote down.</param>
    /// <param name="rest">What a new probe says is still to be done.</param>
    public Assessment Proved(RunJournal journal, IReadOnlyList<PlannedStep> rest)
    {
        var steps = plan.Zip(rest, (before, after) => Proved(before, after.Plan, journal)).ToList();
        // a step that the node calls done, and the probe does not
        var isProved = plan.Zip(rest).All(pair => journal.FailureOf(pair.First.Name) is not null || pair.Second.Plan is not { Changes.Count: > 0 });
        return Judged(steps, isProved);
    }

    private static StepResult Result(PlannedStep step, (StepStatus Status, string Reason) found) => new(step.Name, found.Status, found.Reason);

    private static (StepStatus Status, string Reason) Untouched(StepPlan? step, StepStatus wrong) => step switch
    {
        null => (StepStatus.Skipped, ""),
        { Faults.Count: > 0 } or { Changes.Count: > 0 } => (wrong, Reasons(step)),
        { Concerns.Count: > 0 } => (StepStatus.Warning, string.Join("; ", step.Concerns)),
        { HostOwned.Count: > 0 } => (StepStatus.HostOwned, string.Join("; ", step.HostOwned)),
        _ => (StepStatus.Compliant, ""),
    };

    /// <summary>What cannot be changed, and what can, with those targets together that have the same reason.</summary>
    private static string Reasons(StepPlan step) => string.Join("; ", step.Faults.Concat(
        step.Changes.GroupBy(change => change.Reason, StringComparer.Ordinal)
            .Select(changes => $"{string.Join(", ", changes.Select(change => change.Target))}: {changes.Key}")));

    private static StepResult Proved(PlannedStep before, StepPlan? rest, RunJournal journal)
    {
        if (journal.FailureOf(before.Name) is { } why)
        {
            return new StepResult(before.Name, StepStatus.Failed, why);
        }

        var wasChanged = before.Plan is { Changes.Count: > 0 };
        return rest is { Changes.Count: > 0 } or { Faults.Count: > 0 } ? new StepResult(before.Name, StepStatus.Failed, Reasons(rest))
            : wasChanged ? new StepResult(before.Name, StepStatus.Changed, Reasons(before.Plan!))
            : Result(before, Untouched(rest, StepStatus.Failed));
    }

    private Assessment Judged(IReadOnlyList<StepResult> steps, bool isProved)
    {
        var failed = steps.Where(step => step.Status == StepStatus.Failed).ToList();
        if (failed.Count > 0)
        {
            var error = isProved ? PreparationErrors.StepFailed(node, failed) : PreparationErrors.NotVerified(node, failed);
            return new Assessment(PreparationStatus.Failed, steps, error);
        }

        var isChanged = steps.Any(step => step.Status == StepStatus.Changed);
        return new Assessment(isChanged ? PreparationStatus.Changed : PreparationStatus.Compliant, steps, null);
    }
}
