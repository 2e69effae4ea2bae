using System.CommandLine;
using KubePrep.HostsFile;

namespace KubePrep.Cli;

/// <summary><c>kubeprep prepare</c>.</summary>
internal static class PrepareCommand
{
    public static Command Create()
    {
        var nodes = new NodeArguments();
        var profile = new ProfileArguments();
        var skipHosts = new Option<bool>("--skip-hosts") { Description = "Leave the hosts files alone, which an inventory's nodes otherwise get their names in." };
        var whatIf = CommonOptions.WhatIf();
        var json = CommonOptions.Json();
        var command = new Command("prepare", "Make nodes ready for Kubernetes over SSH, and prove it.");
        nodes.AddTo(command);
        profile.AddTo(command);
        command.Add(skipHosts);
        command.Add(whatIf);
        command.Add(json);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var apply = !parsed.GetValue(whatIf);
            var given = nodes.Nodes(parsed);
            var request = profile.Request(parsed);
            var hostsRequest = nodes.HasInventory(parsed) && !parsed.GetValue(skipHosts) ? new HostsFileRequest() : null;
            hostsRequest?.MasterOf(given); // what cannot be done is said before anybody is asked for a password
            var connection = nodes.Connection(parsed, cancellation);
            var output = new PreparationOutput(parsed.GetValue(json), showChanges: !apply);
            var hostsOutput = new HostsFileOutput(parsed.GetValue(json), showChanges: !apply);
            new PreparationRunner(connection, request, apply, output).Run(given, cancellation);
            if (hostsRequest is not null)
            {
                new HostsFileRunner(connection, hostsRequest, apply, hostsOutput).Run(given, output.Rows, cancellation);
            }

            return ExitCode.Worst(output.ExitCode(), hostsOutput.ExitCode());
        }, "error: interrupted; nodes that were being changed finish the step in hand. Run the command again to complete them."));
        return command;
    }
}
