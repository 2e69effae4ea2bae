using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Commands;

/// <summary>Makes nodes ready for Kubernetes over SSH, and proves it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "KpNodePreparation", SupportsShouldProcess = true)]
[OutputType(typeof(NodePreparation))]
public sealed class InvokeKpNodePreparationCommand : PreparationCmdlet
{
    private const string Action = "Prepare for Kubernetes";
    private bool _isWhatIf;

    /// <inheritdoc/>
    private protected override string Activity => "Preparing nodes";

    /// <inheritdoc/>
    private protected override bool Accepts(Node node)
    {
        var proceed = ShouldProcess($"{Action}: {node}", $"{Action}: {node}?", MyInvocation.MyCommand.Name, out var reason);
        _isWhatIf = reason == ShouldProcessReason.WhatIf;
        return proceed || _isWhatIf;
    }

    /// <inheritdoc/>
    private protected override Action WorkOn(Node node, CancellationToken cancellation)
    {
        var result = Run(node, apply: !_isWhatIf, cancellation);
        return () => WriteResult(result, result.Warnings, result.Error);
    }
}
