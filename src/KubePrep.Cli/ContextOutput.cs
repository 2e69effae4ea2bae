using KubePrep.Kubeconfig;

namespace KubePrep.Cli;

/// <summary>Shows what came of a change of a kubeconfig's contexts.</summary>
internal static class ContextOutput
{
    /// <returns>The exit code.</returns>
    public static int Write(ContextChanges changes, bool json)
    {
        foreach (var warning in changes.Warnings)
        {
            Console.Error.WriteLine($"warning: {Printable(warning)}");
        }

        if (json)
        {
            JsonLines.Write(changes.Contexts, JsonLines.Default.ContextChange);
        }
        else
        {
            Table.Write(
                ["", "CONTEXT", "CLUSTER", "USER", "STATUS", "REASON"],
                changes.Contexts.Select(change => new[]
                {
                    change.IsCurrent ? "*" : "",
                    Printable(change.ContextName),
                    Printable(change.ClusterName),
                    Printable(change.UserName),
                    change.Status.ToString(),
                    change.Reason,
                }));
        }

        return ExitCode.Good;
    }

    /// <summary>Names come from files of others, and could steer a terminal.</summary>
    private static string Printable(string? text) => string.Concat((text ?? "").Select(c => char.IsControl(c) ? '?' : c));
}
