using KubePrep.Deployment;

namespace KubePrep.Cli;

/// <summary>Carries out what makes or replaces files of a cluster's directory, and shows what came of it.</summary>
internal static class DeploymentRunner
{
    /// <param name="directory">The cluster's directory, which paths are shown relative to.</param>
    /// <param name="work">The work.</param>
    /// <param name="options">How it is carried out; progress is added.</param>
    /// <param name="json">Whether to print JSON.</param>
    public static int Run(string directory, Func<RunOptions, DeploymentResult> work, RunOptions options, bool json)
    {
        using var progress = new ProgressLine();
        var result = work(options with { Progress = progress });
        progress.Dispose();
        Notice.Warn(result.Warnings);
        if (json)
        {
            JsonLines.Write(result.Files, JsonLines.Default.DeployedFile);
        }
        else
        {
            Table.Write(
                ["FILE", "STATUS", "EXPIRES", "REASON"],
                result.Files.Select(file => new[]
                {
                    Table.Relative(directory, file.Path), file.Status.ToString(), Table.Date(file.NotAfter), file.Reason,
                }));
        }

        return ExitCode.Good;
    }
}
