using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Finds the time daemons of a node.</summary>
internal static class TimeDaemons
{
    private const string LocalUnits = "/etc/systemd/system/";

    /// <summary>The units that start each daemon, by whichever name Debian, Ubuntu or an upstream project gives them.</summary>
    private static readonly (TimeDaemonKind Kind, string Process, string[] Units)[] Known =
    [
        (TimeDaemonKind.Chrony, "chronyd", ["chrony.service", "chronyd.service"]),
        (TimeDaemonKind.Timesyncd, "systemd-timesyn", ["systemd-timesyncd.service"]),
        (TimeDaemonKind.Ntpsec, "ntpd", ["ntpsec.service"]),
        (TimeDaemonKind.Ntp, "ntpd", ["ntp.service", "ntpd.service"]),
        (TimeDaemonKind.OpenNtpd, "ntpd", ["openntpd.service"]),
    ];

    /// <summary>The daemons that are installed or run, those of one kind by unit; a unit's aliases count as one with it.</summary>
    /// <param name="facts">A node whose time was asked about.</param>
    public static IReadOnlyList<TimeDaemon> Of(NodeFacts facts)
    {
        var time = facts.Time ?? new TimeFacts();
        var daemons = new List<TimeDaemon>();
        foreach (var (kind, process, names) in Known)
        {
            var units = names.Select(facts.Unit).OfType<UnitState>().ToList();
            var present = units.Where(unit => unit.LoadState == "loaded" || unit.IsActive).ToList();
            if (present.Count == 0 && IsInstalled(facts, kind))
            {
                present.AddRange(units.Where(unit => unit.IsMasked).Take(1));
            }

            daemons.AddRange(present.Select(unit => OfUnit(kind, process, unit, facts, time)));
        }

        var known = daemons.Select(daemon => daemon.Unit).ToHashSet(StringComparer.Ordinal);
        var strays = time.Processes.Where(process => process.SetsClock && !known.Contains(process.Unit));
        return [.. daemons, .. strays.Select(process => OfProcess(process, facts, time)).DistinctBy(daemon => (daemon.Kind, daemon.Unit))];
    }

    private static TimeDaemon OfUnit(TimeDaemonKind kind, string process, UnitState unit, NodeFacts facts, TimeFacts time)
    {
        var runs = unit.IsActive && SetsClock(unit, facts, time);
        return new TimeDaemon(kind, unit.Name)
        {
            IsEnabled = unit.UnitFileState is "enabled" or "enabled-runtime",
            IsRunning = runs,
            IsSelfInstalled = (unit.FragmentPath.StartsWith(LocalUnits, StringComparison.Ordinal) && !unit.IsMasked)
                || (kind == TimeDaemonKind.Chrony && time.Chronyd == ProgramOrigin.Foreign),
            Problem = runs ? "" : ProblemOf(unit),
            State = runs ? StateOf(process, time) : null,
        };
    }

    /// <summary>
    /// Whether an active unit's process sets the clock. The probe lists only those that have the right to; but where /proc hides others'
    /// processes, only root sees them, and the unit's own word has to do.
    /// </summary>
    private static bool SetsClock(UnitState unit, NodeFacts facts, TimeFacts time)
    {
        var processes = time.Processes.Where(process => process.Unit == unit.Name).ToList();
        return processes.Count == 0 ? !facts.IsRoot && time.CanSetClock : processes.Exists(process => process.SetsClock);
    }

    private static TimeDaemon OfProcess(TimeProcess process, NodeFacts facts, TimeFacts time) => new(KindOf(process, facts), process.Unit)
    {
        IsRunning = true,
        IsSelfInstalled = true,
        State = StateOf(process.Name, time),
    };

    private static TimeDaemonState? StateOf(string process, TimeFacts time) =>
        time.Daemons.FirstOrDefault(state => state.Process == process);

    /// <summary>A process's kind. Three are called ntpd: their arguments tell them apart, or which one is installed.</summary>
    private static TimeDaemonKind KindOf(TimeProcess process, NodeFacts facts)
    {
        var kinds = Known.Where(known => known.Process == process.Name).ToList();
        return process.Name != "ntpd" ? kinds.Select(known => known.Kind).FirstOrDefault(TimeDaemonKind.Ntp)
            : process.CommandLine.Contains("ntpsec", StringComparison.Ordinal) ? TimeDaemonKind.Ntpsec
            : IsOpenNtpd(process.CommandLine) ? TimeDaemonKind.OpenNtpd
            : kinds.Where(known => IsInstalled(facts, known.Kind)).Select(known => known.Kind).FirstOrDefault(TimeDaemonKind.Ntp);
    }

    /// <summary>Whether a command line is OpenNTPD's, whose processes rename themselves.</summary>
    private static bool IsOpenNtpd(string commandLine) =>
        commandLine.Contains("openntpd", StringComparison.Ordinal) || commandLine.StartsWith("ntpd: ", StringComparison.Ordinal);

    private static bool IsInstalled(NodeFacts facts, TimeDaemonKind kind) => TimePackages.IsInstalled(facts, TimePackages.Of(kind));

    private static string ProblemOf(UnitState unit) =>
        unit.IsMasked ? "it is masked"
        : unit.IsSkipped ? "systemd skipped it, as a condition in its unit was not met"
        : unit.ActiveState == "failed" ? $"it failed ({PlainText.Printable(unit.Result)})"
        : unit.ActiveState == "activating" ? "it does not come up"
        : unit.IsActive ? "it runs, but only watches the clock"
        : "";
}
