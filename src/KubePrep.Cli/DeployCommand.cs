using System.CommandLine;
using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary><c>kubeprep deploy</c>.</summary>
internal static class DeployCommand
{
    private static readonly string[] Algorithms = Enum.GetNames<KeyAlgorithm>();

    public static Command Create()
    {
        var directory = CommonOptions.ClusterDirectory();
        var name = new Option<string>("--cluster-name") { Description = "The cluster's name in kubectl.kubeconfig.", HelpName = "NAME", Required = true };
        var server = new Option<string>("--server") { Description = "The API server's URL, such as https://192.0.2.1:6443.", HelpName = "URL", Required = true };
        var context = new Option<string?>("--context-name") { Description = "The context's name in kubectl.kubeconfig [default: context-NAME].", HelpName = "CTX" };
        var algorithm = KeyAlgorithmOption();
        var authorityLifetime = LifetimeOption("--ca-lifetime", "How long the next certificate authority lasts [default: 10y].");
        var lifetime = LifetimeOption("--lifetime", "How long the next client certificates last [default: 1y].");
        var force = new Option<bool>("--force") { Description = "Replace the certificate authority and all it signed, after a backup." };
        var whatIf = new Option<bool>("--what-if") { Description = "Change nothing; show what would be done, and why." };
        var passphrase = CommonOptions.CaPassphrase();
        var json = CommonOptions.Json();

        var command = new Command("deploy", "Make or complete a cluster's certificate authority, client certificates and kubeconfigs.")
        {
            directory, name, server, context, algorithm, authorityLifetime, lifetime, force, whatIf, json,
        };
        passphrase.AddTo(command);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            var request = new DeploymentRequest(parsed.GetRequiredValue(directory), parsed.GetRequiredValue(name), parsed.GetRequiredValue(server))
            {
                ContextName = parsed.GetValue(context),
                KeyAlgorithm = ParseAlgorithm(parsed.GetValue(algorithm)),
                AuthorityLifetime = parsed.GetValue(authorityLifetime),
                Lifetime = parsed.GetValue(lifetime),
                Force = parsed.GetValue(force),
            };
            var makesAuthority = request.Force || !File.Exists(Path.Join(request.ClusterDirectory, "ssl", "ca-key.pem"));
            using var secret = passphrase.Read(parsed, cancellation, isNew: makesAuthority);
            return Deploy(request, secret, parsed.GetValue(whatIf), parsed.GetValue(json), cancellation);
        }));
        return command;
    }

    private static int Deploy(DeploymentRequest request, Secret? passphrase, bool whatIf, bool json, CancellationToken cancellation)
    {
        using var progress = new ProgressLine();
        var result = new DeploymentEngine(new KubeconfigYaml(), TimeProvider.System)
            .Deploy(request, new RunOptions { WhatIf = whatIf, CaPassphrase = passphrase, Progress = progress, CancellationToken = cancellation });
        progress.Dispose();
        foreach (var warning in result.Warnings)
        {
            Console.Error.WriteLine($"warning: {warning}");
        }

        if (json)
        {
            JsonLines.Write(result.Files, JsonLines.Default.DeployedFile);
        }
        else
        {
            Table.Write(
                ["FILE", "STATUS", "EXPIRES", "REASON"],
                result.Files.Select(file => new[]
                {
                    Table.Relative(request.ClusterDirectory, file.Path), file.Status.ToString(), Table.Date(file.NotAfter), file.Reason,
                }));
        }

        return ExitCode.Good;
    }

    private static Option<Lifetime?> LifetimeOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "LIFETIME",
        CustomParser = result =>
        {
            try
            {
                return Lifetime.Parse(result.Tokens[0].Value);
            }
            catch (KubePrepException e)
            {
                result.AddError($"{name}: {e.Message} {e.RecommendedAction}");
                return null;
            }
        },
    };

    private static Option<string?> KeyAlgorithmOption()
    {
        var option = new Option<string?>("--key-algorithm")
        {
            Description = $"The algorithm of new keys: {string.Join(", ", Algorithms)} [default: {Algorithms[0]}].",
            HelpName = "ALGORITHM",
        };
        option.AcceptWords(Algorithms);
        return option;
    }

    private static KeyAlgorithm? ParseAlgorithm(string? name) =>
        Array.FindIndex(Algorithms, a => a.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? (KeyAlgorithm)index : null;
}
