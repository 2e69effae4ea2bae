using System.CommandLine;
using KubePrep.Deployment;
using KubePrep.Renewal;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary><c>kubeprep renew</c>.</summary>
internal static class RenewCommand
{
    public static Command Create()
    {
        var directory = CommonOptions.ClusterDirectory();
        var within = IssuingOptions.ExpiringWithin("Renew the certificates that end within this time, such as 30d [default: those in the last third of their lives].");
        var names = new Option<string[]>("--name")
        {
            Description = "Renew the certificate of this name; may be given several times, and hold * and ?. Those of users are renewed only so.",
            HelpName = "NAME",
            DefaultValueFactory = _ => [],
        };
        var force = new Option<bool>("--force") { Description = "Renew all certificates, or all of those named, whenever they end." };
        var keepKey = new Option<bool>("--keep-key") { Description = "Keep the private keys." };
        var lifetime = IssuingOptions.Lifetime("--lifetime", "How long the new certificates last [default: as long as the old ones did].");
        var whatIf = CommonOptions.WhatIf();
        var passphrase = CommonOptions.CaPassphrase();
        var json = CommonOptions.Json();
        var command = new Command("renew", "Issue certificates again before they end, and put them into the kubeconfigs that embed them. Never touches the certificate authority.")
        {
            directory, within, names, force, keepKey, lifetime, whatIf, json,
        };
        passphrase.AddTo(command);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var request = new CertificateRenewalRequest(parsed.GetRequiredValue(directory))
            {
                ExpiringWithin = parsed.GetValue(within),
                Names = parsed.GetRequiredValue(names),
                Force = parsed.GetValue(force),
                KeepKey = parsed.GetValue(keepKey),
                Lifetime = parsed.GetValue(lifetime),
            };
            using var secret = passphrase.Read(parsed, cancellation);
            return DeploymentRunner.Run(
                request.ClusterDirectory,
                options => new RenewalEngine(new KubeconfigYaml(), TimeProvider.System).Renew(request, options),
                new RunOptions { WhatIf = parsed.GetValue(whatIf), CaPassphrase = secret, CancellationToken = cancellation },
                parsed.GetValue(json));
        }));
        return command;
    }
}
