using System.Globalization;
using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>
/// Sets a clock by this machine's, once: that of a server of the cluster's own time, as what all others follow should begin near the right
/// time, and nothing else would bring it there; and one that is far off before a package is installed, as apt takes no package list from
/// the future.
/// </summary>
internal static class ClockStep
{
    private static readonly TimeSpan ServerTolerance = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan PackageTolerance = TimeSpan.FromSeconds(30);

    /// <summary>The change that sets it; null if it is near enough, is not known, or something keeps it.</summary>
    /// <param name="situation">The node.</param>
    /// <param name="setup">What is to keep the clock afterwards.</param>
    public static Change? Of(TimeSyncSituation situation, DaemonSetup setup)
    {
        var isKept = situation.IsSynchronized && situation.Daemons.All(daemon => daemon.State is not { IsLocal: true });
        if (isKept || IsMeasuring(situation) || situation.Time.Clock is not { } clock)
        {
            return null;
        }

        var isServer = situation.Context.Cluster is { IsServer: true };
        var why = isServer && IsBeyond(clock, ServerTolerance) ? "the others will follow it"
            : setup.Packages.Count > 0 && IsBeyond(clock, PackageTolerance) ? "apt takes no package list that is newer than the clock"
            : null;
        return why is null ? null : TimeSyncChange.Of(
            ChangeAction.SetClock,
            "clock",
            $"it is {ClockText.Offset(clock.Offset)}{(clock.Offset > TimeSpan.Zero ? " of" : "")} this machine's, and {why}",
            (-clock.Offset.TotalSeconds).ToString("+0.000;-0.000", CultureInfo.InvariantCulture));
    }

    private static bool IsBeyond(ClockReading clock, TimeSpan tolerance) => clock.Offset.Duration() - clock.ErrorBound > tolerance;

    /// <summary>
    /// Whether it serves already, and has not said yet what it follows, as after its restart: it may have servers that know the time better
    /// than this machine.
    /// </summary>
    private static bool IsMeasuring(TimeSyncSituation situation) =>
        ChronyConfiguration.Read(situation.Facts.Files).Local is not null
        && situation.Daemons.Any(daemon => daemon is { Kind: TimeDaemonKind.Chrony, IsRunning: true, State: { IsSynchronized: false } });
}
