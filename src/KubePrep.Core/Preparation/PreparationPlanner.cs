using KubePrep.Changes;
using KubePrep.Preparation.Steps;

namespace KubePrep.Preparation;

/// <summary>Compares a node's facts with a profile, step by step. It has no effect and asks nobody.</summary>
internal static class PreparationPlanner
{
    private static readonly IPreparationStep[] Steps =
    [
        new PackagesStep(),
        new JournalStep(),
        new SwapStep(),
        new KernelModulesStep(),
        new SysctlStep(),
        new LimitsStep(),
        new HostnameStep(),
        new TimeSyncStep(),
    ];

    /// <summary>The names of the steps, in the order in which they are carried out.</summary>
    public static IReadOnlyList<StepName> StepNames { get; } = [.. Steps.Select(step => step.Name)];

    /// <summary>What every step has to do, in the order in which they are carried out.</summary>
    /// <param name="context">The node as it is, and as it should be.</param>
    /// <param name="wanted">The steps that are asked for.</param>
    public static IReadOnlyList<PlannedStep> Plan(PlanContext context, IReadOnlySet<StepName> wanted)
    {
        var narrowed = context with { Steps = wanted };
        return [.. Steps.Select(step => new PlannedStep(step.Name, IsWanted(step) ? step.Plan(narrowed) : null))];

        bool IsWanted(IPreparationStep step) => wanted.Contains(step.Name) && step.IsWanted(narrowed);
    }
}
