using System.Globalization;
using KubePrep.Changes;
using KubePrep.TimeSync;

namespace KubePrep.Cli;

/// <summary>Prints what came of nodes' clocks: as JSON lines, or as a table.</summary>
internal sealed class SyncTimeOutput(bool isJson, bool showChanges)
{
    private static readonly string[] Header = ["NODE", "STATUS", "VERDICT", "SOURCE", "OFFSET", "ERROR", "DURATION"];
    private IReadOnlyList<TimeSyncResult> _rows = [];

    /// <summary>Prints the nodes' results.</summary>
    public void Print(IReadOnlyList<TimeSyncResult> rows)
    {
        _rows = rows;
        foreach (var row in rows)
        {
            NodeNotices.Print(row.Warnings, row.Error);
        }

        if (isJson)
        {
            JsonLines.Write(rows.Select(SyncTimeRow.Of), JsonLines.Default.SyncTimeRow);
            return;
        }

        Table.Write(Header, rows.Select(Cells));
        if (showChanges)
        {
            foreach (var row in rows)
            {
                NodeNotices.Print(row.Node, row.Changes);
            }
        }
    }

    /// <summary>What the process ends with.</summary>
    public int ExitCode() =>
        _rows.Any(row => row.Status == TimeSyncStatus.Unreachable) ? Cli.ExitCode.Unreachable
        : _rows.Any(row => ChangeErrors.IsUnproved(row.Error, row.Changes)) ? Cli.ExitCode.NotVerified
        : _rows.Any(row => row.Status == TimeSyncStatus.Failed) ? Cli.ExitCode.Failed
        : Cli.ExitCode.Good;

    private static string?[] Cells(TimeSyncResult row) =>
    [
        row.Node.ToString(),
        row.Status.ToString(),
        row.TimeSync.Verdict?.ToString(),
        row.TimeSync.Source,
        ClockText.Signed(row.TimeSync.Offset),
        ClockText.Bound(row.TimeSync.ErrorBound),
        string.Create(CultureInfo.InvariantCulture, $"{row.Duration.TotalSeconds:0.0}s"),
    ];
}
