using System.Management.Automation;
using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Inventory;
using KubePrep.Parameters;
using KubePrep.Preparation;

namespace KubePrep.Base;

/// <summary>The parameters of the cmdlets that compare nodes with a profile.</summary>
public abstract class PreparationCmdlet : NodeCmdlet
{
    private PreparationEngine? _engine;

    /// <summary>The desired state: <c>default</c>, <c>kubeasz</c>, or the path of a YAML file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PreparationProfileCompleter))]
    public string Profile { get; set; } = "default";

    /// <summary>How kube-proxy will route services; by default what the profile says.</summary>
    [Parameter]
    public ProxyMode? ProxyMode { get; set; }

    /// <summary>Only these steps.</summary>
    [Parameter]
    [ValidateSet(
        nameof(StepName.Packages), nameof(StepName.Journal), nameof(StepName.Swap), nameof(StepName.KernelModules),
        nameof(StepName.Sysctl), nameof(StepName.Limits), nameof(StepName.Hostname))]
    public StepName[]? Step { get; set; }

    /// <summary>All steps but these.</summary>
    [Parameter]
    [ValidateSet(
        nameof(StepName.Packages), nameof(StepName.Journal), nameof(StepName.Swap), nameof(StepName.KernelModules),
        nameof(StepName.Sysctl), nameof(StepName.Limits), nameof(StepName.Hostname))]
    public StepName[]? SkipStep { get; set; }

    /// <summary>The host name of each node is to be its NodeName.</summary>
    [Parameter]
    public SwitchParameter SetHostName { get; set; }

    /// <inheritdoc/>
    private protected override void Prepare(ConnectionOptions connection)
    {
        var request = new PreparationRequest(ReadProfile(Profile))
        {
            ProxyMode = ProxyMode,
            Steps = (Step ?? [.. PreparationPlanner.StepNames]).Except(SkipStep ?? []).ToHashSet(),
            SetHostName = SetHostName,
        };
        _engine = new PreparationEngine(connection, request);
    }

    /// <summary>Checks or prepares a node, and shows its progress.</summary>
    private protected NodePreparation Run(Node node, bool apply, CancellationToken cancellation) =>
        _engine!.Run(node, apply, new NodeReporter(Report), cancellation);
}
