using KubePrep.Changes;
using KubePrep.TimeSync;

namespace KubePrep.Cli;

/// <summary>What came of a node's clock, as a JSON object.</summary>
internal sealed record SyncTimeRow(
    string Node,
    string HostName,
    TimeSyncStatus Status,
    TimeRow TimeSync,
    double DurationSeconds,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<string> Warnings,
    ErrorRow? Error)
{
    public static SyncTimeRow Of(TimeSyncResult result) => new(
        result.Node.ToString(),
        result.Node.HostName,
        result.Status,
        TimeRow.Of(result.TimeSync),
        result.Duration.TotalSeconds,
        result.Changes,
        result.Warnings,
        ErrorRow.Of(result.Error));
}
