using KubePrep.Changes;
using KubePrep.TimeSync;

namespace KubePrep.Preparation;

/// <summary>Adds what came of a node's clock to what came of its preparation.</summary>
internal static class TimeSyncCompletion
{
    /// <summary>Both in one.</summary>
    public static NodePreparation Merge(NodePreparation prepared, TimeSyncResult clock)
    {
        if (prepared.Facts is null)
        {
            return prepared; // it could not be asked
        }

        var step = new StepResult(StepName.TimeSync, StepStatusOf(clock.Status), clock.Error?.Message ?? ReasonOf(clock));
        return prepared with
        {
            Status = StatusOf(prepared.Status, clock.Status),
            Duration = prepared.Duration + clock.Duration,
            Steps = [.. prepared.Steps.Where(other => other.Step != StepName.TimeSync), step],
            Changes = [.. prepared.Changes, .. clock.Changes],
            Warnings = [.. prepared.Warnings, .. clock.Warnings],
            Error = prepared.Error ?? clock.Error,
        };
    }

    private static string ReasonOf(TimeSyncResult clock) => clock.Status == TimeSyncStatus.Compliant ? "" : clock.TimeSync.Reason;

    private static StepStatus StepStatusOf(TimeSyncStatus status) => status switch
    {
        TimeSyncStatus.Compliant => StepStatus.Compliant,
        TimeSyncStatus.Changed => StepStatus.Changed,
        TimeSyncStatus.Drifted => StepStatus.Drifted,
        TimeSyncStatus.HostOwned => StepStatus.HostOwned,
        _ => StepStatus.Failed,
    };

    /// <summary>The node's status, which the clock's can only make worse.</summary>
    private static PreparationStatus StatusOf(PreparationStatus prepared, TimeSyncStatus clock) => clock switch
    {
        _ when prepared is PreparationStatus.Failed or PreparationStatus.Unreachable => prepared,
        TimeSyncStatus.Unreachable => PreparationStatus.Unreachable,
        TimeSyncStatus.Failed => PreparationStatus.Failed,
        TimeSyncStatus.Drifted => PreparationStatus.Drifted,
        TimeSyncStatus.Changed => PreparationStatus.Changed,
        _ => prepared,
    };
}
