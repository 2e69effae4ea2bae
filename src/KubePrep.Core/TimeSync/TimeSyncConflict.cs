using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Finds programs that set one clock against each other.</summary>
internal static class TimeSyncConflict
{
    /// <summary>The judgement where there are some; else null.</summary>
    /// <param name="facts">The node.</param>
    /// <param name="time">Its time.</param>
    /// <param name="daemons">Its daemons.</param>
    /// <param name="isForeign">Whether the clock is a host's; systemd starts no time daemon there at boot, enabled or not.</param>
    public static Judgement? Find(NodeFacts facts, TimeFacts time, IReadOnlyList<TimeDaemon> daemons, bool isForeign)
    {
        List<TimeDaemon> running = [.. daemons.Where(daemon => daemon.IsRunning)];
        if (running.Count == 0)
        {
            return null;
        }

        if (running.Count > 1)
        {
            return Conflict(
                running,
                $"{Names(running)} set the clock against each other",
                isForeign ? "Stop all but one of them, or better all: the clock is the host's to keep." : WaysOut.OneDaemon);
        }

        if (time.IsToolsSyncEnabled == true)
        {
            return Conflict(
                running,
                $"VMware Tools set the clock each minute, against {Names(running)}",
                "Run `vmware-toolbox-cmd timesync disable` on the node: of the two, NTP is the more exact.");
        }

        List<TimeDaemon> waiting = isForeign ? [] : [.. daemons.Where(daemon => Starts(daemon, facts))];
        return waiting.Count == 0 ? null : Conflict(
            running, $"{Names(running)} sets the clock, and from the next boot on {Names(waiting)} would too", WaysOut.OneDaemon);
    }

    /// <summary>
    /// Whether a daemon that does not set the clock now would from the next boot on; one that a condition stopped would be stopped again,
    /// and one that only watches would only watch.
    /// </summary>
    private static bool Starts(TimeDaemon daemon, NodeFacts facts) =>
        daemon is { IsRunning: false, IsEnabled: true }
        && facts.Unit(daemon.Unit) is not ({ IsSkipped: true } or { ActiveState: "active" });

    private static Judgement Conflict(List<TimeDaemon> running, string reason, string wayOut)
    {
        var source = running.Select(daemon => daemon.State?.Selected?.Name).OfType<string>().FirstOrDefault("");
        return new Judgement(TimeSyncVerdict.Conflict, PlainText.Printable(source), false, reason, wayOut);
    }

    private static string Names(List<TimeDaemon> daemons) => Words.And(daemons.Select(Words.Name));
}
