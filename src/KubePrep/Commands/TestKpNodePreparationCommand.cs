using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Commands;

/// <summary>Finds out whether nodes are ready for Kubernetes, and changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "KpNodePreparation")]
[OutputType(typeof(NodePreparation), typeof(bool))]
public sealed class TestKpNodePreparationCommand : PreparationCmdlet
{
    /// <summary>Puts out only whether each node is as the profile wants it.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Checking nodes";

    /// <inheritdoc/>
    private protected override Action WorkOn(Node node, CancellationToken cancellation)
    {
        var result = Run(node, apply: false, cancellation);
        return Quiet ? () => WriteQuietly(result) : () => WriteResult(result, result.Warnings, result.Error);
    }

    private void WriteQuietly(NodePreparation result)
    {
        WriteVerbose($"{result.Node}: {result.Error?.Message ?? result.Status.ToString()}");
        WriteObject(result.Status == PreparationStatus.Compliant);
    }
}
