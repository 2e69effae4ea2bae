using System.CommandLine;
using KubePrep.Deployment;
using KubePrep.Users;

namespace KubePrep.Cli;

/// <summary><c>kubeprep new-user</c>.</summary>
internal static class NewUserCommand
{
    public static Command Create()
    {
        var names = UserOptions.Names("What the users are called; eight characters are added, so that no name ever comes back.");
        var directory = CommonOptions.ClusterDirectory();
        var role = UserOptions.Role();
        var scope = new Option<string?>("--namespace") { Description = "The only namespace in which the role counts [default: all of them].", HelpName = "NS" };
        var lifetime = IssuingOptions.Lifetime("--lifetime", "How long the certificates last [default: what ca-config.json says for profile kcfg].");
        var algorithm = IssuingOptions.KeyAlgorithm();
        var whatIf = CommonOptions.WhatIf();
        var passphrase = CommonOptions.CaPassphrase();
        var json = CommonOptions.Json();
        var command = new Command("new-user", "Make users of a cluster: for each one a certificate, a kubeconfig and the manifest that binds a role.")
        {
            names, directory, role, scope, lifetime, algorithm, whatIf, json,
        };
        passphrase.AddTo(command);
        command.SetAction(parsed => CommandRunner.Run(cancellation =>
        {
            using var secret = passphrase.Read(parsed, cancellation);
            var request = new UserRequest(parsed.GetRequiredValue(directory), Name: "", Enum.Parse<UserRole>(parsed.GetRequiredValue(role)!, ignoreCase: true))
            {
                Namespace = parsed.GetValue(scope),
                Lifetime = parsed.GetValue(lifetime),
                KeyAlgorithm = IssuingOptions.ParseAlgorithm(parsed.GetValue(algorithm)) ?? default,
            };
            var options = new RunOptions { WhatIf = parsed.GetValue(whatIf), CaPassphrase = secret, CancellationToken = cancellation };
            var engine = UserOptions.Engine;
            return new UserRunner(parsed.GetValue(json))
                .Run(parsed.GetRequiredValue(names), name => engine.Create(request with { Name = name }, options), cancellation);
        }, UserRunner.Interrupted));
        return command;
    }
}
