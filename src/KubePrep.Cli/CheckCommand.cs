using System.CommandLine;
using KubePrep.Preparation;

namespace KubePrep.Cli;

/// <summary><c>kubeprep check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var nodes = new NodeArguments();
        var profile = new ProfileArguments();
        var json = CommonOptions.Json();
        var command = new Command("check", "Find out whether nodes are ready for Kubernetes, and change nothing. Exits with 1 if one is not.");
        nodes.AddTo(command);
        profile.AddTo(command);
        command.Add(json);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var output = new PreparationOutput(parsed.GetValue(json), showChanges: false);
            var given = nodes.Nodes(parsed);
            var request = profile.Request(parsed);
            new PreparationRunner(nodes.Connection(parsed, cancellation), request, apply: false, output).Run(given, cancellation);
            return output.ExitCode(PreparationStatus.Drifted);
        }, "error: interrupted; nothing was changed."));
        return command;
    }
}
