using System.Management.Automation;
using KubePrep.Base;
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
    private protected override bool Applies => false;

    /// <inheritdoc/>
    private protected override void Write(NodePreparation result)
    {
        if (!Quiet)
        {
            base.Write(result);
            return;
        }

        WriteVerbose($"{result.Node}: {result.Error?.Message ?? result.Status.ToString()}");
        WriteObject(result.Status == PreparationStatus.Compliant);
    }
}
