using KubePrep.Deployment;
using KubePrep.Users;

namespace KubePrep.Cli;

/// <summary>Works on users one after the other, each for itself, and shows what came of them.</summary>
/// <param name="json">Whether to print JSON, as soon as a user is done; else a table at the end.</param>
internal sealed class UserRunner(bool json)
{
    private readonly List<DeployedUser> _done = [];

    /// <summary>What is said of a run that was cancelled.</summary>
    public const string Interrupted = "error: interrupted; the users that are printed were worked on, and no other.";

    /// <summary>Works on every user; a name that cannot be used does not stop the others, and anything else would.</summary>
    /// <param name="names">The users.</param>
    /// <param name="work">The work on one.</param>
    /// <param name="cancellation">Ends the run between two users, or in one before its commit.</param>
    /// <returns>The exit code.</returns>
    public int Run(IEnumerable<string> names, Func<string, DeploymentResult> work, CancellationToken cancellation)
    {
        var exitCode = ExitCode.Good;
        try
        {
            foreach (var name in names)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    Show(work(name));
                }
                catch (KubePrepException e) when (e.Target == name)
                {
                    Notice.Error(e);
                    exitCode = ExitCode.Worst(exitCode, ExitCode.Of(e.Id));
                }
            }

            return exitCode;
        }
        finally
        {
            PrintTable();
        }
    }

    private void Show(DeploymentResult result)
    {
        Notice.Warn(result.Warnings);
        var users = result.Files.OfType<DeployedUser>().ToList();
        if (json)
        {
            JsonLines.Write(users, JsonLines.Default.DeployedUser);
        }
        else
        {
            _done.AddRange(users);
        }
    }

    private void PrintTable()
    {
        if (_done.Count > 0)
        {
            Table.Write(
                ["NAME", "ROLE", "NAMESPACE", "STATUS", "EXPIRES"],
                _done.Select(user => new[] { user.Name, user.Role, user.Namespace, user.Status.ToString(), Table.Date(user.NotAfter) }));
        }
    }
}
