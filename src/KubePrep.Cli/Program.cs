using System.CommandLine;

namespace KubePrep.Cli;

/// <summary>The command line: the module's jobs where there is no PowerShell.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var root = new RootCommand("Makes machines ready for Kubernetes, and a cluster's certificates and kubeconfigs.")
        {
            CheckCommand.Create(),
            PrepareCommand.Create(),
            SyncHostsCommand.Create(),
            TimeCommand.Create(),
            SyncTimeCommand.Create(),
            DeployCommand.Create(),
            VerifyCommand.Create(),
            CertsCommand.Create(),
            RenewCommand.Create(),
            RotateCaCommand.Create(),
            MergeCommand.Create(),
            RemoveContextCommand.Create(),
            NewUserCommand.Create(),
            UsersCommand.Create(),
            RemoveUserCommand.Create(),
        };
        // an argument that begins with @ is a name, not a file of further arguments
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors.Count == 0 ? parsed.Invoke() : ReportUsage(parsed);
    }

    private static int ReportUsage(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine($"error: {error.Message}");
        }

        var command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
        Console.Error.WriteLine($"  Run 'kubeprep{command} --help' to see what can be given.");
        return ExitCode.Usage;
    }
}
