using System.CommandLine;
using KubePrep.Deployment;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary><c>kubeprep deploy</c>.</summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        var directory = CommonOptions.ClusterDirectory();
        var name = new Option<string>("--cluster-name") { Description = "The cluster's name in kubectl.kubeconfig.", HelpName = "NAME", Required = true };
        var server = new Option<string>("--server") { Description = "The API server's URL, such as https://192.0.2.1:6443.", HelpName = "URL", Required = true };
        var context = new Option<string?>("--context-name") { Description = "The context's name in kubectl.kubeconfig [default: context-NAME].", HelpName = "CTX" };
        var algorithm = IssuingOptions.KeyAlgorithm();
        var authorityLifetime = IssuingOptions.Lifetime("--ca-lifetime", "How long the next certificate authority lasts [default: 10y].");
        var lifetime = IssuingOptions.Lifetime("--lifetime", "How long the next client certificates last [default: 1y].");
        var force = new Option<bool>("--force") { Description = "Replace the certificate authority and all it signed, after a backup." };
        var whatIf = CommonOptions.WhatIf();
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
                KeyAlgorithm = IssuingOptions.ParseAlgorithm(parsed.GetValue(algorithm)),
                AuthorityLifetime = parsed.GetValue(authorityLifetime),
                Lifetime = parsed.GetValue(lifetime),
                Force = parsed.GetValue(force),
            };
            var makesAuthority = request.Force || !File.Exists(Path.Join(request.ClusterDirectory, "ssl", "ca-key.pem"));
            using var secret = passphrase.Read(parsed, cancellation, isNew: makesAuthority);
            return DeploymentRunner.Run(
                request.ClusterDirectory,
                options => new DeploymentEngine(new KubeconfigYaml(), TimeProvider.System).Deploy(request, options),
                new RunOptions { WhatIf = parsed.GetValue(whatIf), CaPassphrase = secret, CancellationToken = cancellation },
                parsed.GetValue(json));
        }));
        return command;
    }
}
