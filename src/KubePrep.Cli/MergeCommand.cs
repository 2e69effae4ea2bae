using System.CommandLine;
using KubePrep.Kubeconfig;
using KubePrep.Yaml;

namespace KubePrep.Cli;

/// <summary><c>kubeprep merge</c>.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "The kubeconfigs to merge.", Arity = ArgumentArity.OneOrMore };
        var destination = new Option<string?>("--destination") { Description = "The kubeconfig to merge them into [default: ~/.kube/config].", HelpName = "FILE" };
        var rename = new Option<bool>("--rename") { Description = "Give what has the name of something else the first free name with -2, -3 and so on." };
        var force = new Option<bool>("--force") { Description = "Put what has the name of something else in its place, after a backup." };
        var current = new Option<bool>("--set-current-context") { Description = "Use the current context of the first file that has one." };
        var whatIf = CommonOptions.WhatIf();
        var json = CommonOptions.Json();
        var command = new Command("merge", "Merge kubeconfigs into the one kubectl uses. Its comments, order and other entries stay.")
        {
            files, destination, rename, force, current, whatIf, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(rename) && result.GetValue(force))
            {
                result.AddError("--rename and --force cannot be given together.");
            }
        });
        command.SetAction(parsed => CommandRunner.Run(
            cancellation =>
            {
                var request = new MergeRequest(parsed.GetRequiredValue(files), parsed.GetValue(destination) ?? KubeconfigMerger.DefaultPath)
                {
                    Clashes = parsed.GetValue(rename) ? ClashHandling.Rename : parsed.GetValue(force) ? ClashHandling.Replace : ClashHandling.Refuse,
                    SetCurrentContext = parsed.GetValue(current),
                    WhatIf = parsed.GetValue(whatIf),
                };
                return ContextOutput.Write(new KubeconfigMerger(new KubeconfigYaml(), TimeProvider.System).Merge(request, cancellation), parsed.GetValue(json));
            }));
        return command;
    }
}
