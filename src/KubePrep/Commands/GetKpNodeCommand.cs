using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.Parameters;
using KubePrep.Preparation;

namespace KubePrep.Commands;

/// <summary>Finds out about nodes, in one read-only probe each.</summary>
[Cmdlet(VerbsCommon.Get, "KpNode")]
[OutputType(typeof(NodeFacts))]
public sealed class GetKpNodeCommand : NodeCmdlet
{
    private NodeInspector? _inspector;

    /// <summary>The profile whose packages, modules and kernel parameters are looked for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PreparationProfileCompleter))]
    public string Profile { get; set; } = "default";

    /// <inheritdoc/>
    private protected override string Activity => "Looking at nodes";

    /// <inheritdoc/>
    private protected override void Prepare(ConnectionOptions connection) =>
        _inspector = new NodeInspector(connection, new PreparationRequest(ReadProfile(Profile)).Probe());

    /// <inheritdoc/>
    private protected override Action WorkOn(Node node, CancellationToken cancellation)
    {
        Report(node, NodeProgress.Connecting);
        var facts = _inspector!.Inspect(node, cancellation);
        return () => WriteObject(facts);
    }
}
