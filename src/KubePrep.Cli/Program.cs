using System.CommandLine;

namespace KubePrep.Cli;

/// <summary>The command line: the module's jobs where there is no PowerShell.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var root = new RootCommand("Makes a Kubernetes cluster's certificate authority, client certificates and kubeconfigs.")
        {
            DeployCommand.Create(),
            VerifyCommand.Create(),
        };
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var exitCode = parsed.Invoke();
        return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
    }
}
