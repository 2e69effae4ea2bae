using System.CommandLine;
using KubePrep.TimeSync;

namespace KubePrep.Cli;

/// <summary><c>kubeprep time</c>.</summary>
internal static class TimeCommand
{
    public static Command Create()
    {
        var nodes = new NodeArguments();
        var authority = new Option<string?>("--certificate-authority")
        {
            Description = "The certificate of an authority that the nodes are to trust; it is said if it begins in a node's future.",
            HelpName = "FILE",
        };
        var json = CommonOptions.Json();
        var command = new Command(
            "time", "Find out what keeps nodes' clocks, and how far those are from this machine's and from each other. Exits with 1 if one is not kept.");
        nodes.AddTo(command);
        command.Add(authority);
        command.Add(json);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var output = new TimeOutput(parsed.GetValue(json));
            var given = nodes.Nodes(parsed);
            var date = parsed.GetValue(authority) is { } path ? AuthorityDate.Read(path) : null;
            var inspected = new TimeSyncRunner(nodes.Connection(parsed, cancellation), new TimeSyncRequest(), apply: false).Inspect(given, cancellation);
            output.Print(TimeSyncReport.Of(inspected, date));
            return output.ExitCode();
        }, "error: interrupted; nothing was changed."));
        return command;
    }
}
