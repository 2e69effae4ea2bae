using KubePrep.Changes;

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
        var changes = new List<Change>();
        if (dropIn.Change is { } file)
        {
            changes.Add(file);
        }

        var isOwed = context.Facts.OwedRestarts.Contains("reload daemon-reexec");
        if ((changes.Count > 0 || isOwed) && context.Facts.HasSystemd)
        {
            changes.Add(new Change
            {
                Step = Name,
                Action = ChangeAction.ReloadManager,
                Target = "systemd",
                Value = Reexecute,
                Reason = changes.Count > 0 ? "its configuration changes" : "its configuration was changed by a run that did not have it read",
            });
        }

        return new StepPlan { Changes = changes, Faults = dropIn.Faults };
    }
}
