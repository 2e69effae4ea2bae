using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Kubeconfig;
using KubePrep.Parameters;

namespace KubePrep.Commands;

/// <summary>Removes contexts from a kubeconfig, and their clusters and users unless other contexts need them.</summary>
[Cmdlet(VerbsCommon.Remove, "KpKubeconfigContext", SupportsShouldProcess = true)]
[OutputType(typeof(ContextChange))]
public sealed class RemoveKpKubeconfigContextCommand : KubeconfigCmdlet
{
    /// <summary>The contexts' names.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ContextName")]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The kubeconfig; <c>~/.kube/config</c> by default. No character is taken for a wildcard.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath")]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Report(() =>
    {
        var path = Path is null ? KubeconfigMerger.DefaultPath : Resolve(Path);
        var names = string.Join(", ", Name);
        Run(path, $"Remove {names} from", (whatIf, cancellation) => Merger.RemoveContexts(
            new ContextRemovalRequest(path, Name) { WhatIf = whatIf },
            cancellation));
    });
}
