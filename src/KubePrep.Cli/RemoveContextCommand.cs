using System.CommandLine;
using KubePrep.Kubeconfig;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary><c>kubeprep remove-context</c>.</summary>
internal static class RemoveContextCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Description = "The contexts to remove.", Arity = ArgumentArity.OneOrMore };
        var file = new Option<string?>("--kubeconfig") { Description = "The kubeconfig to remove them from [default: ~/.kube/config].", HelpName = "FILE" };
        var whatIf = CommonOptions.WhatIf();
        var json = CommonOptions.Json();
        var command = new Command("remove-context", "Remove contexts from a kubeconfig, and their clusters and users unless other contexts need them.")
        {
            names, file, whatIf, json,
        };
        command.SetAction(parsed => CommandRunner.Run(
            cancellation =>
            {
                var request = new ContextRemovalRequest(parsed.GetValue(file) ?? KubeconfigMerger.DefaultPath, parsed.GetRequiredValue(names))
                {
                    WhatIf = parsed.GetValue(whatIf),
                };
                return ContextOutput.Write(
                    new KubeconfigMerger(new KubeconfigYaml(), TimeProvider.System).RemoveContexts(request, cancellation), parsed.GetValue(json));
            }));
        return command;
    }
}
