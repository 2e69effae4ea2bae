using KubePrep.Changes;
using KubePrep.HostsFile;

namespace KubePrep.Cli;

/// <summary>What came of a node's hosts file, as a JSON object.</summary>
internal sealed record HostsFileRow(
    string Node,
    string HostName,
    HostsFileStatus Status,
    int Added,
    int Changed,
    int Removed,
    double DurationSeconds,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<string> Warnings,
    ErrorRow? Error)
{
    public static HostsFileRow Of(HostsFileResult result) => new(
        result.Node.ToString(),
        result.Node.HostName,
        result.Status,
        result.Added,
        result.Changed,
        result.Removed,
        result.Duration.TotalSeconds,
        result.Changes,
        result.Warnings,
        ErrorRow.Of(result.Error));
}
