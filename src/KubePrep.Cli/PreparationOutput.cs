using System.Globalization;
using KubePrep.Changes;
using KubePrep.Preparation;

namespace KubePrep.Cli;

/// <summary>Prints nodes' results: as JSON lines at once, or as a table at the end, with what is to be known of them below it.</summary>
internal sealed class PreparationOutput(bool isJson, bool showChanges)
{
    private static readonly (string Header, Func<NodePreparation, string> Cell, bool IsOptional)[] Columns =
    [
        ("NODE", row => row.Node.ToString(), false),
        ("STATUS", row => row.Status.ToString(), false),
        ("PACKAGES", row => Text(row.Packages), true),
        ("JOURNAL", row => Text(row.Journal), true),
        ("SWAP", row => Text(row.Swap), true),
        ("MODULES", row => Text(row.KernelModules), true),
        ("SYSCTL", row => Text(row.Sysctl), true),
        ("LIMITS", row => Text(row.Limits), true),
        ("HOSTNAME", row => Text(row.Hostname), true),
        ("TIME", row => Text(row.TimeSync), true),
        ("DURATION", row => string.Create(CultureInfo.InvariantCulture, $"{row.Duration.TotalSeconds:0.0}s"), false),
    ];

    private readonly List<NodePreparation> _rows = [];

    /// <summary>The results so far.</summary>
    public IReadOnlyList<NodePreparation> Rows => _rows;

    /// <summary>Takes a node's result.</summary>
    public void Add(NodePreparation row)
    {
        _rows.Add(row);
        NodeNotices.Print(row.Warnings, row.Error);
        if (isJson)
        {
            JsonLines.Write([PreparationRow.Of(row)], JsonLines.Default.PreparationRow);
        }
    }

    /// <summary>Prints what has to wait for the last node.</summary>
    public void End()
    {
        if (isJson)
        {
            return;
        }

        var columns = Columns.Where(column => !column.IsOptional || _rows.Any(row => column.Cell(row).Length > 0)).ToList();
        Table.Write([.. columns.Select(column => column.Header)], _rows.Select(row => columns.Select(column => (string?)column.Cell(row)).ToArray()));
        if (showChanges)
        {
            _rows.ForEach(row => NodeNotices.Print(row.Node, row.Changes));
        }
        else
        {
            PrintReasons();
        }
    }

    /// <summary>What the process ends with.</summary>
    /// <param name="failures">Statuses that count as failed, besides those that always do.</param>
    public int ExitCode(params IReadOnlyList<PreparationStatus> failures) =>
        _rows.Any(row => row.Status == PreparationStatus.Unreachable) ? Cli.ExitCode.Unreachable
        : _rows.Any(row => ChangeErrors.IsUnproved(row.Error, row.Changes)) ? Cli.ExitCode.NotVerified
        : _rows.Any(row => row.Status == PreparationStatus.Failed || failures.Contains(row.Status)) ? Cli.ExitCode.Failed
        : Cli.ExitCode.Good;

    private static string Text(StepStatus? status) => status is null or StepStatus.Skipped ? "" : status.Value.ToString();

    /// <summary>Why steps are not simply compliant; what holds for many nodes is said once.</summary>
    private void PrintReasons()
    {
        var reasons = _rows
            .SelectMany(row => row.Steps
                .Where(step => step.Status is StepStatus.Drifted or StepStatus.HostOwned or StepStatus.Warning)
                .Select(step => (row.Node, Text: $"{step.Step}: {PlainText.Printable(step.Reason)}")))
            .GroupBy(reason => reason.Text, reason => reason.Node.ToString());
        foreach (var reason in reasons)
        {
            Console.Out.WriteLine($"{string.Join(", ", reason)}: {reason.Key}");
        }
    }
}
