namespace KubePrep.Preparation.Steps;

/// <summary>Sets the limits that systemd gives to services (systemd-system.conf(5)), which it reads only when it executes itself again.</summary>
internal sealed class LimitsStep : IPreparationStep
{
    /// <summary>The value of <see cref="ChangeAction.ReloadManager"/> with which systemd reads its own configuration too.</summary>
    public const string Reexecute = "reexec";

    /// <inheritdoc/>
    public StepName Name => StepName.Limits;

    /// <inheritdoc/>
    public bool IsWanted(PlanContext context) => context.Profile.Limits.Count > 0;

    /// <inheritdoc/>
    public StepPlan Plan(PlanContext context)
    {
        var dropIn = new SystemdDropIn(Name, context.Facts, "system.conf", "Manager", context.Profile.Limits);
        if (dropIn.Change is null)
        {
            return new StepPlan { Faults = dropIn.Faults };
        }

        var changes = new List<Change> { dropIn.Change };
        if (context.Facts.HasSystemd)
        {
            changes.Add(new Change
            {
                Step = Name,
                Action = ChangeAction.ReloadManager,
                Target = "systemd",
                Value = Reexecute,
                Reason = "its configuration changes",
            });
        }

        return new StepPlan { Changes = changes, Faults = dropIn.Faults };
    }
}
