using System.CommandLine;
using System.Globalization;
using KubePrep.Users;

namespace KubePrep.Cli;

/// <summary><c>kubeprep users</c>.</summary>
internal static class UsersCommand
{
    public static Command Create()
    {
        var directory = CommonOptions.ClusterDirectory();
        var json = CommonOptions.Json();
        var command = new Command("users", "List the users whose files are in a cluster's directory. Exits with 1 if a file of one is missing or cannot be used.")
        {
            directory, json,
        };
        command.SetAction(parsed => CommandRunner.Run(_ => List(parsed.GetRequiredValue(directory), parsed.GetValue(json))));
        return command;
    }

    private static int List(string directory, bool json)
    {
        var users = UserOptions.Engine.List(directory);
        if (json)
        {
            JsonLines.Write(users, JsonLines.Default.ClusterUser);
        }
        else
        {
            Table.Write(
                ["NAME", "ROLE", "NAMESPACE", "STATUS", "EXPIRES", "DAYS", "REASON"],
                users.Select(user => new[]
                {
                    user.Name,
                    user.Role,
                    user.Namespace,
                    user.Status.ToString(),
                    Table.Date(user.NotAfter),
                    user.DaysLeft?.ToString(CultureInfo.InvariantCulture),
                    user.Reason,
                }));
        }

        return users.Any(user => user.Status == UserStatus.Damaged) ? ExitCode.Failed : ExitCode.Good;
    }
}
