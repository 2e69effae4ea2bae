using System.CommandLine;

namespace KubePrep.Cli;

/// <summary><c>kubeprep prepare</c>.</summary>
internal static class PrepareCommand
{
    public static Command Create()
    {
        var nodes = new NodeArguments();
        var profile = new ProfileArguments();
        var whatIf = new Option<bool>("--what-if") { Description = "Change nothing; show what would be changed, and why." };
        var json = CommonOptions.Json();
        var command = new Command("prepare", "Make nodes ready for Kubernetes over SSH, and prove it.");
        nodes.AddTo(command);
        profile.AddTo(command);
        command.Add(whatIf);
        command.Add(json);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var isWhatIf = parsed.GetValue(whatIf);
            var output = new PreparationOutput(parsed.GetValue(json), showChanges: isWhatIf);
            new PreparationRunner(nodes.Connection(parsed, cancellation), profile.Request(parsed), apply: !isWhatIf, output)
                .Run(nodes.Nodes(parsed), cancellation);
            return output.ExitCode();
        }, "error: interrupted; nodes that were being changed finish the step in hand. Run the command again to complete them."));
        return command;
    }
}
