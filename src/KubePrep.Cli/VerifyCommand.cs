using System.CommandLine;
using KubePrep.Deployment;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary><c>kubeprep verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var directory = CommonOptions.ClusterDirectory();
        var passphrase = CommonOptions.CaPassphrase();
        var json = CommonOptions.Json();
        var command = new Command("verify", "Check a cluster's directory, whoever made it, without a network. Exits with 1 if anything in it is wrong.")
        {
            directory, json,
        };
        passphrase.AddTo(command);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            using var secret = passphrase.Read(parsed, cancellation);
            return Verify(parsed.GetRequiredValue(directory), secret, parsed.GetValue(json));
        }));
        return command;
    }

    private static int Verify(string directory, Secret? passphrase, bool json)
    {
        var checks = new DeploymentEngine(new KubeconfigYaml(), TimeProvider.System).Verify(directory, passphrase);
        if (json)
        {
            JsonLines.Write(checks, JsonLines.Default.DeploymentCheck);
        }
        else
        {
            Table.Write(
                ["FILE", "VERDICT", "EXPIRES", "REASON"],
                checks.Select(check => new[]
                {
                    Table.Relative(directory, check.Path), check.Verdict.ToString(), Table.Date(check.NotAfter), check.Reason,
                }));
        }

        return checks.Any(check => check.Verdict == CheckVerdict.Failed) ? ExitCode.Failed : ExitCode.Good;
    }
}
