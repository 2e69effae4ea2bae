namespace KubePrep.TimeSync;

/// <summary>Which daemon keeps a node's clock.</summary>
internal static class DaemonChoice
{
    /// <summary>
    /// The daemon that keeps the clock already, with the servers that are asked for, and may go on; null if none does. Of several that
    /// set it against each other, one that a package updates.
    /// </summary>
    public static TimeDaemon? Working(TimeSyncSituation situation) => situation.Daemons
        .Where(daemon => daemon.IsRunning && situation.HasAsked(daemon))
        .FirstOrDefault(daemon => situation.Judgement.Verdict switch
        {
            TimeSyncVerdict.Synchronized => true,
            TimeSyncVerdict.Conflict => daemon is { IsSelfInstalled: false, State: { IsSynchronized: true, IsLocal: false } },
            _ => false,
        });

    /// <summary>Whether a daemon follows servers that are not known to follow their own clocks.</summary>
    public static bool IsByNtp(TimeDaemon daemon) =>
        daemon.State is not ({ IsLocal: true } or { Selected: { IsReferenceClock: true } or { IsLocal: true } });

    /// <summary>The daemon that is set up for NTP: one that is there and can be told its servers, else chrony.</summary>
    public static DaemonSetup ForNtp(TimeSyncSituation situation) =>
        !TimePackages.IsInstalled(situation.Facts, TimePackages.Chrony) && TimesyncdSetup.IsThere(situation)
            ? TimesyncdSetup.Of(situation)
            : ChronySetup.Of(situation, null);
}
