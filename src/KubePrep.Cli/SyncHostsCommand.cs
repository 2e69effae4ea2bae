using System.CommandLine;
using KubePrep.HostsFile;

namespace KubePrep.Cli;

/// <summary><c>kubeprep sync-hosts</c>.</summary>
internal static class SyncHostsCommand
{
    private static readonly string[] Modes = ["block", "copy"];

    public static Command Create()
    {
        var nodes = new NodeArguments();
        var master = new Option<string?>("--master-node")
        {
            Description = "Where the map is collected: a node's name, or where to connect to it [default: the first control-plane node].",
            HelpName = "NODE",
        };
        var mode = new Option<string?>("--mode")
        {
            Description = "block: each hosts file receives the block of the map; copy: each becomes a copy of the master node's [default: block].",
            HelpName = "MODE",
        };
        var allowPartial = new Option<bool>("--allow-partial") { Description = "Send the map although a node cannot be asked; its rows are kept." };
        var prune = new Option<bool>("--prune") { Description = "Remove the rows of nodes that are not given." };
        var whatIf = CommonOptions.WhatIf();
        var json = CommonOptions.Json();
        var command = new Command("sync-hosts", "Give every node the names of all: collect them in the master node's hosts file, and send them to all.");
        nodes.AddTo(command);
        mode.AcceptWords(Modes);
        foreach (var option in new Option[] { master, mode, allowPartial, prune, whatIf, json })
        {
            command.Add(option);
        }

        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var isWhatIf = parsed.GetValue(whatIf);
            var request = new HostsFileRequest
            {
                MasterNode = parsed.GetValue(master),
                Mode = "copy".Equals(parsed.GetValue(mode), StringComparison.OrdinalIgnoreCase) ? HostsFileMode.Copy : HostsFileMode.Block,
                AllowPartial = parsed.GetValue(allowPartial),
                Prune = parsed.GetValue(prune),
            };
            var output = new HostsFileOutput(parsed.GetValue(json), showChanges: isWhatIf);
            var given = nodes.Nodes(parsed);
            request.MasterOf(given); // what cannot be done is said before anybody is asked for a password
            new HostsFileRunner(nodes.Connection(parsed, cancellation), request, apply: !isWhatIf, output).Run(given, cancellation);
            return output.ExitCode();
        }, "error: interrupted; each hosts file is as it was, or has the whole map. Run the command again to complete them."));
        return command;
    }
}
