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
    /// <inheritdoc/>
    private protected override string Activity => "Preparing nodes";

    /// <inheritdoc/>
    private protected override bool Applies => !IsWhatIf;

    /// <inheritdoc/>
    private protected override bool Accepts(Node node) => Proceeds("Prepare for Kubernetes", node);
}
