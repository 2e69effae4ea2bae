using KubePrep.Changes;
using KubePrep.TimeSync;

namespace KubePrep.Preparation.Steps;

/// <summary>
/// Looks whether something keeps the clock, and warns if nothing does; only a clock beyond the limits is a fault. It changes nothing: what
/// keeps the clocks is set up on all nodes together, as they may have to follow each other.
/// </summary>
internal sealed class TimeSyncStep : IPreparationStep
{
    /// <inheritdoc/>
    public StepName Name => StepName.TimeSync;

    /// <inheritdoc/>
    public bool IsWanted(PlanContext context) => context.Facts.Time is not null && !context.SetTimeSync;

    /// <inheritdoc/>
    public StepPlan Plan(PlanContext context)
    {
        var facts = context.Facts;
        var judgement = TimeSyncJudge.Judge(facts);
        var findings = ClockComparison.Of([new ComparedClock(facts.Node, facts.Time!.Clock, judgement)])[0];
        string[] faults = [.. findings.Faults, .. context.ClockFaults];
        // a container's clock is right where its host's is, whatever keeps that
        var isRight = judgement.Verdict == TimeSyncVerdict.Synchronized
            || (judgement.Verdict == TimeSyncVerdict.Impossible && facts.Time.Clock is not null && findings.Warnings.Count + faults.Length == 0);
        string[] concerns = [.. findings.Warnings, .. isRight ? [] : (string[])[$"[TimeSync] {judgement.Advice}"]];
        return new StepPlan { Faults = faults, Concerns = concerns };
    }
}
