using KubePrep.Kubeconfig;

namespace KubePrep.Cli;

/// <summary>Shows what came of a change of a kubeconfig's contexts.</summary>
internal static class ContextOutput
{
    /// <returns>The exit code.</returns>
    public static int Write(ContextChanges changes, bool json)
    {
        Notice.Warn(changes.Warnings);
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
                    change.ContextName,
                    change.ClusterName,
                    change.UserName,
                    change.Status.ToString(),
                    change.Reason,
                }));
        }

        return ExitCode.Good;
    }
}
