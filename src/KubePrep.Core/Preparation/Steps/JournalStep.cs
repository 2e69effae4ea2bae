using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Preparation.Steps;

/// <summary>Bounds the journal, and keeps it over a reboot (journald.conf(5)).</summary>
internal sealed class JournalStep : IPreparationStep
{
    private const string Directory = "/var/log/journal";
    private const string Service = "systemd-journald.service";

    /// <inheritdoc/>
    public StepName Name => StepName.Journal;

    /// <inheritdoc/>
    public bool IsWanted(PlanContext context) => context.Profile.Journal.Count > 0;

    /// <inheritdoc/>
    public StepPlan Plan(PlanContext context)
    {
        var facts = context.Facts;
        var settings = Settings(context);
        var dropIn = new SystemdDropIn(Name, facts, "journald.conf", "Journal", settings);
        var changes = new List<Change>();
        if (dropIn.Change is { } file)
        {
            changes.Add(file);
        }

        if (settings.GetValueOrDefault("Storage") == "persistent" && !facts.HasPersistentJournal)
        {
            changes.Add(New(ChangeAction.CreateDirectory, Directory, "the journal is kept there"));
        }

        var isOwed = facts.OwedRestarts.Contains($"restart {Service}");
        if ((changes.Count > 0 || isOwed) && facts.HasSystemd)
        {
            var reason = dropIn.Change is not null ? "its configuration changes"
                : isOwed ? "its configuration was changed by a run that did not restart it"
                : "it has no directory yet";
            changes.Add(New(ChangeAction.RestartUnit, Service, reason));
        }

        return new StepPlan { Changes = changes, Faults = dropIn.Faults };
    }

    /// <summary>The profile's settings; where another logger gets its messages from the journal, it goes on getting them.</summary>
    private static Dictionary<string, string> Settings(PlanContext context)
    {
        var hasLogger = IsActive(context.Facts, "rsyslog.service") || IsActive(context.Facts, "syslog-ng.service");
        return context.Profile.Journal
            .Where(setting => !hasLogger || setting.Key != "ForwardToSyslog")
            .ToDictionary(setting => setting.Key, setting => setting.Value);
    }

    private static bool IsActive(NodeFacts facts, string unit) => facts.Unit(unit) is { IsActive: true };

    private Change New(ChangeAction action, string target, string reason) =>
        new() { Step = Name, Action = action, Target = target, Reason = reason };
}
