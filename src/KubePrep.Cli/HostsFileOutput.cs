using System.Globalization;
using KubePrep.HostsFile;

namespace KubePrep.Cli;

/// <summary>Prints what came of hosts files: as JSON lines at once, or as a table at the end.</summary>
internal sealed class HostsFileOutput(bool isJson, bool showChanges)
{
    private static readonly string[] Header = ["NODE", "STATUS", "ADDED", "CHANGED", "REMOVED", "DURATION"];
    private readonly List<HostsFileResult> _rows = [];
    private KubePrepException? _error;

    /// <summary>Errors that need not be said again.</summary>
    public IReadOnlyCollection<KubePrepException?> Said { get; set; } = [];

    /// <summary>Takes a node's result.</summary>
    public void Add(HostsFileResult row)
    {
        _rows.Add(row);
        NodeNotices.Print(row.Warnings, Said.Contains(row.Error) ? null : row.Error);
        if (isJson)
        {
            JsonLines.Write([HostsFileRow.Of(row)], JsonLines.Default.HostsFileRow);
        }
    }

    /// <summary>Takes an error that is not one node's.</summary>
    public void Add(KubePrepException error)
    {
        _error = error;
        NodeNotices.Print([], error);
    }

    /// <summary>Prints what has to wait for the last node.</summary>
    public void End()
    {
        if (isJson)
        {
            return;
        }

        Table.Write(Header, _rows.Select(Cells));
        if (showChanges)
        {
            _rows.ForEach(row => NodeNotices.Print(row.Node, row.Changes));
        }
    }

    /// <summary>What the process ends with.</summary>
    public int ExitCode() =>
        _rows.Any(row => row.Status == HostsFileStatus.Unreachable) ? Cli.ExitCode.Unreachable
        : _rows.Any(row => row.Error?.Id == ErrorId.ChangesNotVerified) ? Cli.ExitCode.NotVerified
        : _error is not null ? Cli.ExitCode.Of(_error.Id)
        : _rows.Any(row => row.Status == HostsFileStatus.Failed) ? Cli.ExitCode.Failed
        : Cli.ExitCode.Good;

    private static string?[] Cells(HostsFileResult row) =>
    [
        row.Node.ToString(),
        row.Status.ToString(),
        $"{row.Added}",
        $"{row.Changed}",
        $"{row.Removed}",
        string.Create(CultureInfo.InvariantCulture, $"{row.Duration.TotalSeconds:0.0}s"),
    ];
}
