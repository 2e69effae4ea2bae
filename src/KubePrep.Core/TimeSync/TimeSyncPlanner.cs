using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Plans what keeps a node's clock. It has no effect and asks nobody.</summary>
internal static class TimeSyncPlanner
{
    /// <summary>The states of a unit's file in which systemd starts the unit at boot, or in which that is not decided by enabling it.</summary>
    private static readonly string[] SettledFileStates = ["enabled", "static", "generated", "indirect", "transient"];

    /// <summary>A clock that is farther off is set by a daemon that starts: chrony is told so by Debian.</summary>
    private static readonly TimeSpan StepLimit = TimeSpan.FromSeconds(1);

    /// <summary>What there is to do on a node.</summary>
    /// <remarks>
    /// Where the kernel may have a module for the hypervisor's clock, loading it is all there is to do: whether the host offers the clock
    /// is known afterwards, and the node is then planned again.
    /// </remarks>
    /// <param name="context">The node, and what is wanted of it.</param>
    public static TimeSyncPlan Plan(TimeSyncContext context)
    {
        var facts = context.Facts;
        if (ForeignClock.IsOf(facts))
        {
            return PlanForeignClock(context);
        }

        if (!facts.HasSystemd)
        {
            return Fault("systemd is not the init system, and KubePrep sets up the services of no other");
        }

        var situation = new TimeSyncSituation(context);
        if (context.Cluster is not null)
        {
            return Assemble(situation, ChronySetup.Of(situation, null));
        }

        return context.Request.Source switch
        {
            TimeSyncSource.Auto => PlanAny(situation),
            TimeSyncSource.Ntp => PlanNtp(situation),
            TimeSyncSource.Ptp => PlanPtp(situation)
                ?? Fault($"There is no hypervisor's clock that chrony could follow: {HypervisorReference.WhyNone(facts, context.IsPtpRefused)}"),
            _ => Fault("It is not known which nodes keep the cluster's time"),
        };
    }

    /// <summary>Of a node whose clock somebody else keeps, and that may not set it.</summary>
    private static TimeSyncPlan PlanForeignClock(TimeSyncContext context)
    {
        var whose = context.Facts.IsContainer
            ? $"The clock is that of the host of the container ({PlainText.Printable(context.Facts.Container)})"
            : "The clock may not be set from within the machine (root lacks CAP_SYS_TIME)";
        return context.Cluster is { IsServer: true } ? Fault($"{whose}, so that it cannot be a server of the cluster's own time; keep it there")
            : context.Request.Source != TimeSyncSource.Auto ? Fault($"{whose}, so that nothing can be set up for it here; keep it there")
            : new TimeSyncPlan { Warnings = [$"{whose}, and was left alone; whatever keeps it has to be set up there"] };
    }

    private static TimeSyncPlan PlanAny(TimeSyncSituation situation) =>
        situation.IsSynchronized && situation.Asked.Count == 0 && !situation.Daemons.Any(daemon => daemon.IsRunning) ? new TimeSyncPlan()
        : DaemonChoice.Working(situation) is { } daemon ? Keep(situation, daemon)
        : PlanPtp(situation) ?? PlanNtp(situation);

    private static TimeSyncPlan PlanNtp(TimeSyncSituation situation) =>
        DaemonChoice.Working(situation) is { } daemon && DaemonChoice.IsByNtp(daemon)
            ? Keep(situation, daemon)
            : Assemble(situation, DaemonChoice.ForNtp(situation));

    /// <summary>By the hypervisor's clock; null if there is none.</summary>
    private static TimeSyncPlan? PlanPtp(TimeSyncSituation situation) =>
        HypervisorReference.Of(situation.Facts) is { } clock ? Assemble(situation, ChronySetup.Of(situation, clock))
        : !situation.Context.IsPtpRefused && HypervisorClock.MayBeLoaded(situation.Facts) ? new TimeSyncPlan
        {
            Changes = [TimeSyncChange.Of(ChangeAction.LoadModule, ProbeRequest.PtpModule, "the host may offer its clock through it")],
        }
        : null;

    /// <summary>What keeps the clock goes on, and alone.</summary>
    private static TimeSyncPlan Keep(TimeSyncSituation situation, TimeDaemon daemon)
    {
        if (!situation.IsSynchronized)
        {
            return Assemble(situation, DaemonSetup.Keep(daemon));
        }

        return daemon.IsSelfInstalled
            ? new TimeSyncPlan { Warnings = [$"{daemon} keeps the clock, and was not installed by a package: nothing updates it"] }
            : new TimeSyncPlan { Changes = [.. Enabling(situation, daemon.Unit, true)] };
    }

    /// <summary>All that has a daemon, and no other, keep the clock.</summary>
    /// <param name="situation">The node.</param>
    /// <param name="setup">The daemon, and what it needs.</param>
    private static TimeSyncPlan Assemble(TimeSyncSituation situation, DaemonSetup setup)
    {
        var others = new OtherDaemons(situation, setup);
        var clockStep = ClockStep.Of(situation, setup);
        string[] faults = [.. setup.Faults, .. others.Faults, .. ToolsFault(situation)];
        if (faults.Length > 0)
        {
            return new TimeSyncPlan { Faults = faults };
        }

        var runs = situation.Daemons.Any(daemon => daemon.IsRunning && others.IsKept(daemon));
        var isReloadOwed = situation.Facts.OwedRestarts.Contains("reload daemon-reload");
        return new TimeSyncPlan
        {
            // the package comes before what it takes the place of goes: if it cannot be fetched, that has to keep the clock still
            Changes =
            [
                .. clockStep is null ? Array.Empty<Change>() : [clockStep],
                .. setup.Packages,
                .. others.Changes,
                .. setup.OtherFiles,
                .. setup.Files,
                .. setup.NeedsReload || others.NeedsReload || isReloadOwed
                    ? [TimeSyncChange.Of(ChangeAction.ReloadManager, "systemd", "its units change")]
                    : Array.Empty<Change>(),
                .. Enabling(situation, setup.Unit, situation.Daemons.Any(others.IsKept)),
                .. RestartReason(situation, setup, runs, clockStep is not null) is { } reason
                    ? [TimeSyncChange.Of(ChangeAction.RestartUnit, setup.Unit, reason)]
                    : Array.Empty<Change>(),
            ],
        };
    }

    private static string? RestartReason(TimeSyncSituation situation, DaemonSetup setup, bool runs, bool isClockSet) =>
        setup.Packages.Count > 0 ? "its program is new"
        : setup.Files.Count > 0 ? "its configuration changes"
        : !runs ? "it does not run"
        : isClockSet ? "the clock is set under it"
        : situation.Daemons.Any(daemon => daemon.Unit == setup.Unit && daemon.State?.Correction?.Duration() > StepLimit)
            ? "it corrects slowly a clock that is far off, and sets one only after its start"
        : situation.Facts.OwedRestarts.Contains($"restart {setup.Unit}") ? "its configuration was changed by a run that did not restart it"
        : null;

    /// <summary>Has a unit start at boot.</summary>
    /// <param name="situation">The node.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="isKnown">Whether the unit that has this name now is the one that will.</param>
    private static IEnumerable<Change> Enabling(TimeSyncSituation situation, string unit, bool isKnown) =>
        isKnown && situation.Facts.Unit(unit) is { } state && SettledFileStates.Contains(state.UnitFileState)
            ? []
            : [TimeSyncChange.Of(ChangeAction.EnableUnit, unit, "it would not run after a reboot")];

    /// <summary>Two that set the clock are one too many, and VMware's cannot be told from outside of the machine.</summary>
    private static IEnumerable<string> ToolsFault(TimeSyncSituation situation) => situation.Time.IsToolsSyncEnabled == true
        ? ["VMware Tools set the clock by the host's every minute, against any other daemon; 'vmware-toolbox-cmd timesync disable' ends that"]
        : [];

    private static TimeSyncPlan Fault(string fault) => new() { Faults = [fault] };
}
