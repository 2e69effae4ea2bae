using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>What systemd-timesyncd needs on a node to keep its clock.</summary>
internal static class TimesyncdSetup
{
    /// <summary>Its unit.</summary>
    public const string Unit = "systemd-timesyncd.service";

    /// <summary>KubePrep's part of its configuration.</summary>
    public const string DropInPath = "/etc/systemd/timesyncd.conf.d/95-kubeprep.conf";

    /// <summary>
    /// Whether it can be had without a package: its unit is there, and no condition of it, such as that no other daemon is installed,
    /// keeps it from being started. A mask may be all that a package has left.
    /// </summary>
    public static bool IsThere(TimeSyncSituation situation) => situation.Facts.Unit(Unit) is { } unit
        && (unit.LoadState == "loaded" || (unit.IsMasked && TimePackages.IsInstalled(situation.Facts, TimePackages.Timesyncd)))
        && (!unit.IsSkipped || situation.Time.Chronyd == ProgramOrigin.Foreign);

    /// <summary>Plans it.</summary>
    public static DaemonSetup Of(TimeSyncSituation situation)
    {
        var facts = situation.Facts;
        var others = TimesyncdConfiguration.Read(facts.Files.Without(DropInPath)).Servers;
        var servers = Wanted(situation).Except(others, StringComparer.OrdinalIgnoreCase).ToList();
        var setup = new DaemonSetup(TimeDaemonKind.Timesyncd, Unit);
        if (situation.Asked.Count == 0 && servers.Count == 0)
        {
            return setup; // what an earlier run wrote stays
        }

        var content = ManagedFile.Render(servers.Count == 0 ? ["[Time]"] : ["[Time]", $"NTP={string.Join(' ', servers)}"]);
        if (ManagedFile.IsWritten(facts, DropInPath, content) || (servers.Count == 0 && facts.Files[DropInPath] is null))
        {
            return setup;
        }

        var lost = servers.Except(TimesyncdConfiguration.Read(facts.Files.With(DropInPath, content)).Servers).ToList();
        return setup with
        {
            Files = [TimeSyncChange.Write(facts, DropInPath, content, "its servers differ")],
            Faults = lost.Count == 0 ? [] : [$"A file of timesyncd.conf.d that is read after {DropInPath} empties its list of servers, or one before it has a broken section header"],
        };
    }

    /// <summary>The servers that are asked for, or the cloud's own where there are none.</summary>
    private static IReadOnlyList<string> Wanted(TimeSyncSituation situation) =>
        situation.Asked.Count > 0 ? situation.Asked
        : TimesyncdConfiguration.Read(situation.Facts.Files).Servers.Count == 0 && CloudTimeServer.Of(situation.Facts) is { } cloud ? [cloud.Name]
        : [];
}
