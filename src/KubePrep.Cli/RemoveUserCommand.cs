using System.CommandLine;
using KubePrep.Deployment;
using KubePrep.Users;

namespace KubePrep.Cli;

/// <summary><c>kubeprep remove-user</c>.</summary>
internal static class RemoveUserCommand
{
    public static Command Create()
    {
        var names = UserOptions.Names("The users' whole names; may hold * and ?.");
        var directory = CommonOptions.ClusterDirectory();
        var whatIf = CommonOptions.WhatIf();
        var json = CommonOptions.Json();
        var command = new Command("remove-user", "Remove users' files after a backup. Their certificates cannot be revoked; it is said until when each is valid.")
        {
            names, directory, whatIf, json,
        };
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var clusterDirectory = parsed.GetRequiredValue(directory);
            var options = new RunOptions { WhatIf = parsed.GetValue(whatIf), CancellationToken = cancellation };
            var engine = UserOptions.Engine;
            return new UserRunner(parsed.GetValue(json)).Run(
                parsed.GetRequiredValue(names).SelectMany(name => Matching(clusterDirectory, name)).Distinct(),
                name => engine.Remove(clusterDirectory, name, options),
                cancellation);
        }, UserRunner.Interrupted));
        return command;
    }

    /// <summary>The users that a pattern fits, and a name as it is: whether there is such a user is found out when it is removed.</summary>
    private static IReadOnlyList<string> Matching(string clusterDirectory, string name) =>
        name.AsSpan().ContainsAny("*?") ? UserEngine.Names(clusterDirectory, name) : [name];
}
