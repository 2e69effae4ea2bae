using KubePrep.Changes;
using KubePrep.Preparation;

namespace KubePrep.Cli;

/// <summary>A node's result as a JSON object.</summary>
internal sealed record PreparationRow(
    string Node,
    string HostName,
    PreparationStatus Status,
    double DurationSeconds,
    IReadOnlyList<StepResult> Steps,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<string> Warnings,
    ErrorRow? Error)
{
    public static PreparationRow Of(NodePreparation result) => new(
        result.Node.ToString(),
        result.Node.HostName,
        result.Status,
        result.Duration.TotalSeconds,
        result.Steps,
        result.Changes,
        result.Warnings,
        ErrorRow.Of(result.Error));
}
