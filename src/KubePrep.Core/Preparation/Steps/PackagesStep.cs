using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Preparation.Steps;

/// <summary>Installs the packages that are missing, after repairing what an interrupted dpkg(1) has left.</summary>
internal sealed class PackagesStep : IPreparationStep
{
    /// <inheritdoc/>
    public StepName Name => StepName.Packages;

    /// <inheritdoc/>
    public bool IsWanted(PlanContext context) => context.Profile.Packages.Count > 0;

    /// <inheritdoc/>
    public StepPlan Plan(PlanContext context)
    {
        var (facts, changes, faults) = (context.Facts, new List<Change>(), new List<string>());
        var broken = facts.Packages.Where(package => package.IsBroken).Select(package => package.Name).Distinct().ToList();
        if (facts.IsDpkgInterrupted || broken.Count > 0)
        {
            changes.Add(new Change
            {
                Step = Name,
                Action = ChangeAction.RepairPackages,
                Target = "dpkg",
                Reason = broken.Count > 0 ? $"dpkg was interrupted in {string.Join(", ", broken)}" : "dpkg was interrupted",
            });
        }

        foreach (var name in context.Profile.Packages.Distinct())
        {
            var states = facts.Packages.Where(package => package.Name == name).ToList();
            if (states.Any(package => package.IsInstalled))
            {
                continue;
            }

            if (states.FirstOrDefault(package => package.IsHeld) is { } held)
            {
                if (!held.IsBroken)
                {
                    faults.Add($"The package {name} is missing, and held (apt-mark unhold {name} releases it)");
                }

                continue;
            }

            changes.Add(new Change
            {
                Step = Name,
                Action = ChangeAction.InstallPackage,
                Target = name,
                Reason = ReasonFor(states.FirstOrDefault()),
            });
        }

        return new StepPlan { Changes = changes, Faults = faults };
    }

    private static string ReasonFor(PackageState? state) => state switch
    {
        { IsBroken: true } => "its installation was interrupted",
        { Status: [_, 'c', ..] } => "it was removed",
        _ => "it is not installed",
    };
}
