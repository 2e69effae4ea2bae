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
    private readonly List<NodePreparation> _held = [];
    private PreparationEngine? _engine;
    private bool _holds;

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
        nameof(StepName.Sysctl), nameof(StepName.Limits), nameof(StepName.Hostname), nameof(StepName.TimeSync))]
    public StepName[]? Step { get; set; }

    /// <summary>All steps but these.</summary>
    [Parameter]
    [ValidateSet(
        nameof(StepName.Packages), nameof(StepName.Journal), nameof(StepName.Swap), nameof(StepName.KernelModules),
        nameof(StepName.Sysctl), nameof(StepName.Limits), nameof(StepName.Hostname), nameof(StepName.TimeSync))]
    public StepName[]? SkipStep { get; set; }

    /// <summary>The host name of each node is to be its NodeName.</summary>
    [Parameter]
    public SwitchParameter SetHostName { get; set; }

    /// <summary>
    /// What can keep the clocks is set up, as <c>Set-KpTimeSync</c> does it, once all nodes are prepared; otherwise it is only warned of a
    /// clock that nothing keeps.
    /// </summary>
    [Parameter]
    public SwitchParameter SetTimeSync { get; set; }

    /// <summary>Whether nodes are changed.</summary>
    private protected abstract bool Applies { get; }

    /// <inheritdoc/>
    private protected override void Prepare(ConnectionOptions connection)
    {
        var request = new PreparationRequest(ReadProfile(Profile))
        {
            ProxyMode = ProxyMode,
            Steps = (Step ?? [.. PreparationPlanner.StepNames]).Except(SkipStep ?? []).ToHashSet(),
            SetHostName = SetHostName,
            SetTimeSync = SetTimeSync,
        };
        _engine = new PreparationEngine(connection, request);
        _holds = request.CompletesTimeSync;
    }

    /// <inheritdoc/>
    private protected override Action WorkOn(Node node, CancellationToken cancellation)
    {
        var result = _engine!.Run(node, Applies, new NodeReporter(Report), cancellation);
        return () => Take(result);
    }

    /// <summary>Sets up the clocks of all nodes, whose rows have waited for it.</summary>
    private protected override void Complete(CancellationToken cancellation)
    {
        var progress = new NodeReporter((node, activity) => ShowProgress(node, activity, _held.Count));
        foreach (var result in _engine!.CompleteTimeSync(_held, Applies, progress, cancellation))
        {
            Write(result);
        }
    }

    /// <summary>Writes a node's result.</summary>
    private protected virtual void Write(NodePreparation result) => WriteResult(result, result.Warnings, result.Error);

    private void Take(NodePreparation result)
    {
        if (_holds)
        {
            _held.Add(result);
        }
        else
        {
            Write(result);
        }
    }
}
