using KubePrep.Facts;

namespace KubePrep.Core.Tests;

/// <summary>
/// What a probe would find of a node's time after changes. What is observed on Debian 12: a package that is installed starts its daemon,
/// unless another one is at work; a daemon that was just started is not synchronized yet.
/// </summary>
internal static class AppliedTime
{
    private const string LocalUnits = "/etc/systemd/system/";

    private static readonly Dictionary<string, string> ProcessesByUnit = new()
    {
        ["chrony.service"] = "chronyd",
        ["chronyd.service"] = "chronyd",
        ["systemd-timesyncd.service"] = "systemd-timesyn",
        ["ntpsec.service"] = "ntpd",
        ["ntp.service"] = "ntpd",
        ["openntpd.service"] = "ntpd",
    };

    public static NodeFacts ModuleLoaded(NodeFacts facts, string module) =>
        module == "ptp_kvm" && facts.Time is { } time
            ? facts with { Time = time with { PtpClocks = [.. time.PtpClocks, TimeNode.KvmClock] } }
            : facts;

    /// <summary>A unit whose file was deleted is the package's again, or none.</summary>
    public static NodeFacts Reloaded(NodeFacts facts) => facts with
    {
        Units = [.. facts.Units
            .Where(unit => !IsOrphan(facts, unit) || IsPackages(facts, unit))
            .Select(unit => IsOrphan(facts, unit) ? unit with { FragmentPath = $"/lib/systemd/system/{unit.Name}" } : unit)],
    };

    public static NodeFacts Restarted(NodeFacts facts, string name)
    {
        var paid = facts with { OwedRestarts = facts.OwedRestarts.Where(owed => owed != $"restart {name}").ToHashSet() };
        if (facts.Time is not { } time || !ProcessesByUnit.TryGetValue(name, out var process))
        {
            return paid;
        }

        Assert.DoesNotContain(time.Processes, running => running.Name == "chronyd" && process == "chronyd" && running.Unit != name);
        var unit = Assert.Single(facts.Units, unit => unit.Name == name);
        Assert.Equal("loaded", unit.LoadState);
        return Stopped(paid, name) with
        {
            Units = [.. facts.Units.Select(u => u == unit ? u with { ActiveState = "active", IsSkipped = false, Result = "success" } : u)],
            Time = time with
            {
                Processes = [.. time.Processes.Where(running => running.Unit != name), new TimeProcess(process, name, process)],
                Daemons = [.. time.Daemons.Where(state => state.Process != process), new TimeDaemonState(process)],
            },
        };
    }

    public static NodeFacts Replaced(NodeFacts facts, string package, string[] displaced)
    {
        Assert.Equal("chrony", package);
        var isKnown = facts.Packages.Any(state => state.Name == package);
        var after = displaced.Aggregate(facts, (left, other) => Removed(left, other)) with
        {
            Packages =
            [
                .. facts.Packages.Where(state => state.Name != package)
                    .Select(state => displaced.Contains(state.Name) ? state with { Status = "rc" } : state),
                new PackageState(package, "4.3-2+deb12u1", "ii"),
            ],
        };
        after = after with { Time = after.Time! with { Chronyd = ProgramOrigin.Packaged } };
        if (!isKnown && after.Files["/etc/chrony/chrony.conf"] is null)
        {
            after = after.WithFile("/etc/chrony/chrony.conf", TimeNode.DebianChronyConf);
        }

        if (after.Unit("chrony.service") is { LoadState: "loaded" or "masked" })
        {
            return after;
        }

        var isBusy = after.Time!.Processes.Any(process => process.Name == "chronyd");
        var unit = new UnitState("chrony.service", "loaded", "failed", "enabled", "/lib/systemd/system/chrony.service", "");
        after = after with { Units = [.. after.Units.Where(other => other.Name != unit.Name), unit] };
        return isBusy ? after : Restarted(after, unit.Name);
    }

    public static NodeFacts Enabled(NodeFacts facts, string name)
    {
        var unit = Assert.Single(facts.Units, unit => unit.Name == name);
        return facts with { Units = [.. facts.Units.Select(u => u == unit ? u with { LoadState = "loaded", UnitFileState = "enabled" } : u)] };
    }

    public static NodeFacts Disabled(NodeFacts facts, string name) => Stopped(facts, name) with
    {
        Units = [.. facts.Units.Select(u => u.Name == name ? u with { ActiveState = "inactive", UnitFileState = "disabled" } : u)],
    };

    public static NodeFacts Deleted(NodeFacts facts, string path) => facts with
    {
        Files = facts.Files.Without(path),
        Time = path == "/usr/sbin/chronyd" ? facts.Time! with { Chronyd = ProgramOrigin.Absent } : facts.Time,
    };

    public static NodeFacts ClockSet(NodeFacts facts, double seconds)
    {
        var clock = facts.Time!.Clock!;
        return facts with { Time = facts.Time with { Clock = clock with { Offset = clock.Offset + TimeSpan.FromSeconds(seconds) } } };
    }

    private static NodeFacts Removed(NodeFacts facts, string package)
    {
        var name = package + ".service";
        return Stopped(facts, name) with { Units = [.. facts.Units.Where(unit => unit.Name != name)] };
    }

    private static NodeFacts Stopped(NodeFacts facts, string name)
    {
        if (facts.Time is not { } time)
        {
            return facts;
        }

        TimeProcess[] processes = [.. time.Processes.Where(process => process.Unit != name)];
        return facts with
        {
            Time = time with
            {
                Processes = processes,
                Daemons = [.. time.Daemons.Where(state => processes.Any(process => process.Name == state.Process))],
            },
        };
    }

    private static bool IsOrphan(NodeFacts facts, UnitState unit) =>
        ProcessesByUnit.ContainsKey(unit.Name) && unit.FragmentPath.StartsWith(LocalUnits, StringComparison.Ordinal)
        && facts.Files[unit.FragmentPath] is null;

    private static bool IsPackages(NodeFacts facts, UnitState unit) =>
        facts.Packages.Any(package => package.IsInstalled && package.Name + ".service" == unit.Name);
}
