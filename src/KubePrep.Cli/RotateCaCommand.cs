using System.CommandLine;
using KubePrep.Deployment;
using KubePrep.Renewal;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary><c>kubeprep rotate-ca</c>.</summary>
internal static class RotateCaCommand
{
    private static readonly string[] Phases = [.. Enum.GetNames<AuthorityPhase>().Select(phase => phase.ToLowerInvariant())];

    public static Command Create()
    {
        var directory = CommonOptions.ClusterDirectory();
        var phase = new Option<string?>("--phase")
        {
            Description = "The step: prepare (make a new authority, trust both), switch (the new one signs everything), finish (trust the old one no longer).",
            HelpName = "PHASE",
            Required = true,
        };
        phase.AcceptWords(Phases);
        var algorithm = IssuingOptions.KeyAlgorithm("as ca-csr.json says");
        var lifetime = IssuingOptions.Lifetime("--ca-lifetime", "How long the new certificate authority lasts [default: as ca-csr.json says].");
        var whatIf = CommonOptions.WhatIf();
        var passphrase = CommonOptions.CaPassphrase();
        var json = CommonOptions.Json();
        var command = new Command("rotate-ca", "Change a cluster's certificate authority for a new one, step by step, without an outage.")
        {
            directory, phase, algorithm, lifetime, whatIf, json,
        };
        passphrase.AddTo(command);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var request = new AuthorityChangeRequest(
                parsed.GetRequiredValue(directory),
                (AuthorityPhase)Array.FindIndex(Phases, name => name.Equals(parsed.GetValue(phase), StringComparison.OrdinalIgnoreCase)))
            {
                KeyAlgorithm = IssuingOptions.ParseAlgorithm(parsed.GetValue(algorithm)),
                Lifetime = parsed.GetValue(lifetime),
            };
            using var secret = passphrase.Read(parsed, cancellation);
            return DeploymentRunner.Run(
                request.ClusterDirectory,
                options => new RenewalEngine(new KubeconfigYaml(), TimeProvider.System).ChangeAuthority(request, options),
                new RunOptions { WhatIf = parsed.GetValue(whatIf), CaPassphrase = secret, CancellationToken = cancellation },
                parsed.GetValue(json));
        }));
        return command;
    }
}
