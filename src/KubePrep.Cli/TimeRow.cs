using KubePrep.Facts;
using KubePrep.TimeSync;

namespace KubePrep.Cli;

/// <summary>What keeps a node's clock, as a JSON object; times are in seconds.</summary>
internal sealed record TimeRow(
    string Node,
    string HostName,
    TimeSyncVerdict? Verdict,
    string Reason,
    string WayOut,
    MachineKind? Machine,
    IReadOnlyList<TimeDaemonRow> Daemons,
    string Source,
    bool? IsTraceable,
    int? Stratum,
    string Leap,
    IReadOnlyList<PtpClock> PtpClocks,
    bool? AnswersNtp,
    double? OffsetSeconds,
    double? ErrorBoundSeconds,
    double? OffsetFromMedianSeconds,
    double? MedianErrorBoundSeconds,
    double DurationSeconds,
    IReadOnlyList<string> Warnings,
    ErrorRow? Error)
{
    public static TimeRow Of(NodeTimeSync result) => new(
        result.Node.ToString(),
        result.Node.HostName,
        result.Verdict,
        result.Reason,
        result.WayOut,
        result.Machine,
        [.. result.Daemons.Select(TimeDaemonRow.Of)],
        result.Source,
        result.IsTraceable,
        result.Stratum,
        result.Leap,
        result.PtpClocks,
        result.AnswersNtp,
        result.Offset?.TotalSeconds,
        result.ErrorBound?.TotalSeconds,
        result.OffsetFromMedian?.TotalSeconds,
        result.MedianErrorBound?.TotalSeconds,
        result.Duration.TotalSeconds,
        result.Warnings,
        ErrorRow.Of(result.Error));
}
