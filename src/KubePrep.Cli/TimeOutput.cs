using System.Globalization;
using KubePrep.Connections;
using KubePrep.TimeSync;

namespace KubePrep.Cli;

/// <summary>Prints what keeps nodes' clocks: as JSON lines, or as a table with the reasons below it.</summary>
internal sealed class TimeOutput(bool isJson)
{
    private static readonly string[] Header = ["NODE", "MACHINE", "DAEMON", "SOURCE", "STRATUM", "OFFSET", "ERROR", "MEDIAN", "VERDICT"];
    private IReadOnlyList<NodeTimeSync> _rows = [];

    /// <summary>Prints the nodes' results.</summary>
    public void Print(IReadOnlyList<NodeTimeSync> rows)
    {
        _rows = rows;
        foreach (var row in rows)
        {
            NodeNotices.Print(row.Warnings, row.Error);
        }

        if (isJson)
        {
            JsonLines.Write(rows.Select(TimeRow.Of), JsonLines.Default.TimeRow);
            return;
        }

        Table.Write(Header, rows.Select(Cells));
        PrintReasons();
    }

    /// <summary>What the process ends with.</summary>
    public int ExitCode() =>
        _rows.Any(row => row.Error is { } error && ConnectionErrors.IsUnreachable(error.Id)) ? Cli.ExitCode.Unreachable
        : _rows.Any(row => row.Error is not null || row.Verdict != TimeSyncVerdict.Synchronized) ? Cli.ExitCode.Failed
        : Cli.ExitCode.Good;

    private static string?[] Cells(NodeTimeSync row) =>
    [
        row.Node.ToString(),
        row.Machine?.ToString(),
        string.Join(',', row.Daemons.Where(daemon => daemon.IsRunning).Select(daemon => daemon.ToString())),
        row.Source,
        row.Stratum?.ToString(CultureInfo.InvariantCulture),
        ClockText.Signed(row.Offset),
        ClockText.Bound(row.ErrorBound),
        ClockText.Signed(row.OffsetFromMedian),
        row.Verdict?.ToString() ?? "Unknown",
    ];

    /// <summary>Why clocks are not kept, and what to do; what holds for many nodes is said once.</summary>
    private void PrintReasons()
    {
        foreach (var reason in _rows.Where(row => row.Verdict is not (null or TimeSyncVerdict.Synchronized))
            .GroupBy(row => (row.Reason, row.WayOut), row => row.Node.ToString()))
        {
            Console.Out.WriteLine($"{string.Join(", ", reason)}: {reason.Key.Reason}.{(reason.Key.WayOut.Length > 0 ? $"\n  {reason.Key.WayOut}" : "")}");
        }
    }
}
