using System.CommandLine;
using KubePrep.TimeSync;

namespace KubePrep.Cli;

/// <summary><c>kubeprep sync-time</c>.</summary>
internal static class SyncTimeCommand
{
    private static readonly string[] Sources = ["auto", "ntp", "ptp", "cluster"];

    public static Command Create()
    {
        var nodes = new NodeArguments();
        var source = new Option<string?>("--source")
        {
            Description = "auto: what keeps a clock already, else the hypervisor's clock, else NTP; ntp; ptp: the hypervisor's clock; "
                + "cluster: the time servers of the inventory (its group chrony), or else its control-plane nodes [default: auto].",
            HelpName = "SOURCE",
        };
        var servers = new Option<string[]>("--ntp-server")
        {
            Description = "An NTP server by name or address; it may be given again [default: those that a node has already].",
            HelpName = "SERVER",
            AllowMultipleArgumentsPerToken = false,
        };
        var whatIf = CommonOptions.WhatIf();
        var json = CommonOptions.Json();
        var command = new Command("sync-time", "Set up what can keep nodes' clocks, wait until it does, and prove it.");
        nodes.AddTo(command);
        source.AcceptWords(Sources);
        foreach (var option in new Option[] { source, servers, whatIf, json })
        {
            command.Add(option);
        }

        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var apply = !parsed.GetValue(whatIf);
            var request = new TimeSyncRequest
            {
                Source = SourceOf(parsed.GetValue(source)),
                NtpServers = parsed.GetValue(servers) ?? [],
            };
            request.Validate(); // what cannot be done is said before anybody is asked for a password
            var output = new SyncTimeOutput(parsed.GetValue(json), showChanges: !apply);
            var given = nodes.Nodes(parsed);
            new TimeSyncRunner(nodes.Connection(parsed, cancellation), request, apply).Run(given, output, cancellation);
            return output.ExitCode();
        }, "error: interrupted; nodes that were being changed finish what was in hand. Run the command again to complete them."));
        return command;
    }

    private static TimeSyncSource SourceOf(string? word) =>
        word is null ? TimeSyncSource.Auto : (TimeSyncSource)Array.FindIndex(Sources, known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
}
