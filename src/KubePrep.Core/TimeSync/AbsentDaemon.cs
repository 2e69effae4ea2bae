using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Judges a clock that no known daemon sets.</summary>
internal static class AbsentDaemon
{
    /// <summary>The judgement by what else may keep it, or by why no daemon does.</summary>
    public static Judgement Judge(NodeFacts facts, TimeFacts time, IReadOnlyList<TimeDaemon> daemons)
    {
        if (time.IsToolsSyncEnabled == true)
        {
            return new Judgement(
                TimeSyncVerdict.Synchronized,
                "VMware Tools",
                true,
                "VMware Tools set the clock by the host's each minute, and no daemon does",
                "");
        }

        var saysKernel = time.Clock?.IsKernelSynchronized == true;
        var idle = daemons.Where(daemon => IsIdle(daemon, facts)).OrderByDescending(daemon => daemon.IsEnabled).FirstOrDefault();
        if (saysKernel && idle is null)
        {
            return new Judgement(
                TimeSyncVerdict.Synchronized,
                "something outside of the known daemons",
                false,
                "No known daemon runs, but the kernel says that the clock is synchronized: another program sets it, or one did hours ago",
                "");
        }

        var servers = NtpFinding.Of(facts, null);
        var reason = Why(idle ?? daemons.FirstOrDefault(daemon => daemon.Problem.Length > 0) ?? (daemons.Count > 0 ? daemons[0] : null))
            + (servers is null ? "" : $", and {servers.Reason}")
            + (saysKernel ? "; the kernel says for some hours yet that the clock is synchronized" : "");
        return new Judgement(
            TimeSyncVerdict.Unsynchronized,
            "",
            false,
            reason,
            idle is null && daemons.Any(daemon => facts.Unit(daemon.Unit) is { IsMasked: true })
                ? $"Unmask it on the node (systemctl unmask), if it is to be used. {WaysOut.SetUp(facts)}"
                : servers?.WayOut ?? WaysOut.SetUp(facts));
    }

    /// <summary>
    /// Whether a daemon could set the clock and does not: it has failed or was stopped, and the kernel's word may be hours old. One that is
    /// masked, or that a condition of its unit skipped, has left the clock to something else.
    /// </summary>
    private static bool IsIdle(TimeDaemon daemon, NodeFacts facts) =>
        facts.Unit(daemon.Unit) is { IsSkipped: false, IsMasked: false, ActiveState: not "active" };

    private static string Why(TimeDaemon? daemon) => daemon switch
    {
        null => "No time daemon is installed",
        { Problem.Length: > 0 } => $"{Words.Name(daemon)} does not keep the clock: {daemon.Problem}",
        { IsEnabled: true } => $"{Words.Name(daemon)} is enabled, but does not run",
        _ => $"{Words.Name(daemon)} is installed, but neither enabled nor running",
    };
}
