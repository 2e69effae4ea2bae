using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Preparation;

/// <summary>What a preparation, or a check of one, came to on a node.</summary>
public sealed record NodePreparation
{
    /// <summary>The node, as its user named it.</summary>
    public required Node Node { get; init; }

    /// <summary>How the node was found, or left.</summary>
    public required PreparationStatus Status { get; init; }

    /// <summary>The packages; null if it is not known.</summary>
    public StepStatus? Packages => StatusOf(StepName.Packages);

    /// <summary>The journal; null if it is not known.</summary>
    public StepStatus? Journal => StatusOf(StepName.Journal);

    /// <summary>Swap; null if it is not known.</summary>
    public StepStatus? Swap => StatusOf(StepName.Swap);

    /// <summary>The kernel modules; null if it is not known.</summary>
    public StepStatus? KernelModules => StatusOf(StepName.KernelModules);

    /// <summary>The kernel parameters; null if it is not known.</summary>
    public StepStatus? Sysctl => StatusOf(StepName.Sysctl);

    /// <summary>The limits of services; null if it is not known.</summary>
    public StepStatus? Limits => StatusOf(StepName.Limits);

    /// <summary>The host name; null if it is not known.</summary>
    public StepStatus? Hostname => StatusOf(StepName.Hostname);

    /// <summary>The clock; null if it is not known.</summary>
    public StepStatus? TimeSync => StatusOf(StepName.TimeSync);

    /// <summary>How long it took, from connecting to the proof.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<StepResult> Steps { get; init; } = [];

    /// <summary>What was changed, or what would be.</summary>
    public IReadOnlyList<Change> Changes { get; init; } = [];

    /// <summary>What the user should know about the node besides.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The node as it was found at last; null if it could not be.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary>Why it failed, or could not be reached; null otherwise.</summary>
    public KubePrepException? Error { get; init; }

    private StepStatus? StatusOf(StepName name) => Steps.FirstOrDefault(step => step.Step == name)?.Status;
}
