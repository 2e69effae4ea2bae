using System.Globalization;

namespace KubePrep.Facts;

/// <summary>Makes facts of what <c>probe-time.sh</c> prints.</summary>
internal static class TimeFactsParser
{
    private const int SysTime = 25; // the number of CAP_SYS_TIME (linux/capability.h)

    /// <summary>The facts; null if the probe did not ask for them.</summary>
    /// <param name="reply">The probe's reply.</param>
    /// <param name="units">The states of units that it told of.</param>
    public static TimeFacts? Parse(ProbeReply reply, IReadOnlyList<UnitState> units) => !reply.Has("time-processes") ? null : new TimeFacts
    {
        CanSetClock = MaySetClock(reply.Text("capabilities")),
        Vendor = reply.Text("vendor"),
        PtpClocks = PtpClocks(reply),
        ClockSources = reply.Text("clock-sources").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Processes = [.. reply.Section("time-processes").Select(Process).OfType<TimeProcess>().Distinct()],
        Chronyd = reply.Text("chronyd") switch
        {
            "packaged" => ProgramOrigin.Packaged,
            "foreign" => ProgramOrigin.Foreign,
            _ => ProgramOrigin.Absent,
        },
        IsToolsSyncEnabled = reply.Text("tools-sync") switch
        {
            "Enabled" => true,
            "Disabled" => false,
            _ => null,
        },
        Daemons = [.. Daemons(reply, units)],
    };

    /// <summary>Whether capabilities, as proc(5) writes them, have that of setting the clock; what cannot be read has it.</summary>
    private static bool MaySetClock(string capabilities) =>
        !ulong.TryParse(capabilities, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var set) || ((set >> SysTime) & 1) == 1;

    private static List<PtpClock> PtpClocks(ProbeReply reply)
    {
        var links = reply.Repeated("ptp-link").Select(line => line.Split(' ', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return [.. reply.Repeated("ptp-clock").Select(line => line.Split(' ', 2)).Where(pair => pair.Length == 2)
            .Select(pair => new PtpClock(pair[0], pair[1], links[pair[0]].FirstOrDefault("")))];
    }

    /// <summary>A line such as <c>chronyd 0000000002000400 chrony.service /usr/sbin/chronyd -F 1</c>; null for one that cannot set the clock.</summary>
    private static TimeProcess? Process(string line) => line.Split(' ', 4) switch
    {
        [var name, var capabilities, var unit, var command] when MaySetClock(capabilities) =>
            new TimeProcess(name, unit.EndsWith(".service", StringComparison.Ordinal) ? unit : "", command.TrimEnd()),
        _ => null,
    };

    private static string StatusOf(IEnumerable<UnitState> units) =>
        units.FirstOrDefault(unit => unit.Name == "systemd-timesyncd.service")?.StatusText ?? "";

    private static IEnumerable<TimeDaemonState> Daemons(ProbeReply reply, IReadOnlyList<UnitState> units)
    {
        TimeDaemonState?[] states =
        [
            ChronyReport.Parse(reply.Section("chrony-tracking"), reply.Section("chrony-sources"), reply.Section("chrony-ntpdata")),
            reply.Has("timesync") ? TimesyncReport.Parse(reply.Section("timesync"), reply.Text("timesync") == "synchronized", StatusOf(units)) : null,
            reply.Has("ntpctl") ? NtpctlReport.Parse(reply.Section("ntpctl"))
                : NtpqReport.Parse(reply.Section("ntpq-variables"), reply.Section("ntpq-peers")),
        ];
        return states.OfType<TimeDaemonState>();
    }
}
