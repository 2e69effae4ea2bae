using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>What chrony needs on a node to keep its clock.</summary>
internal static class ChronySetup
{
    /// <summary>The unit of chrony's package.</summary>
    public const string Unit = "chrony.service";

    /// <summary>The module that is loaded at boot for KVM's clock.</summary>
    public const string ModulesPath = "/etc/modules-load.d/kubeprep-time.conf";

    /// <summary>
    /// The drop-in of the unit. Debian's <c>makestep 1 3</c> stands after the line that has chrony read its drop-ins, and the last one
    /// counts: what is to differ has to be said to the running daemon.
    /// </summary>
    public const string UnitDropInPath = $"/etc/systemd/system/{Unit}.d/kubeprep.conf";

    /// <summary>Plans it.</summary>
    /// <param name="situation">The node.</param>
    /// <param name="clock">The hypervisor's clock to follow; null for none.</param>
    public static DaemonSetup Of(TimeSyncSituation situation, HypervisorReference? clock)
    {
        var facts = situation.Facts;
        var dropIn = new ChronyDropIn(situation, clock);
        var stepping = Stepping(situation);
        var displaced = IsPackageNeeded(situation) ? TimePackages.InTheWayOfChrony(facts) : [];
        return new DaemonSetup(TimeDaemonKind.Chrony, Unit)
        {
            Packages = [.. Package(situation, displaced)],
            Displaced = [.. displaced.Select(package => package.Name)],
            Files = [.. new[] { dropIn.Change, stepping }.OfType<Change>()],
            OtherFiles = [.. Module(facts, clock)],
            NeedsReload = stepping is not null,
            Faults = [.. Held(situation, displaced), .. Watching(situation), .. dropIn.Faults],
        };
    }

    private static bool IsPackageNeeded(TimeSyncSituation situation) =>
        !TimePackages.IsInstalled(situation.Facts, TimePackages.Chrony) || situation.Time.Chronyd != ProgramOrigin.Packaged;

    private static IEnumerable<Change> Package(TimeSyncSituation situation, IReadOnlyList<PackageState> displaced)
    {
        if (!IsPackageNeeded(situation))
        {
            yield break;
        }

        var facts = situation.Facts;
        if (facts.IsDpkgInterrupted || facts.Packages.Any(package => package.IsBroken))
        {
            yield return TimeSyncChange.Of(ChangeAction.RepairPackages, "dpkg", "dpkg was interrupted");
        }

        var names = string.Join(' ', displaced.Select(package => package.Name));
        var reason = !TimePackages.IsInstalled(facts, TimePackages.Chrony) ? "it is not installed"
            : situation.Time.Chronyd == ProgramOrigin.Foreign ? "its chronyd was replaced by one that is no package's"
            : "its chronyd was deleted";
        yield return TimeSyncChange.Of(
            ChangeAction.ReplacePackage,
            TimePackages.Chrony,
            names.Length > 0 ? $"{reason}; {names} {(displaced.Count == 1 ? "gives" : "give")} way to it" : reason,
            names);
    }

    private static IEnumerable<string> Held(TimeSyncSituation situation, IReadOnlyList<PackageState> displaced)
    {
        if (TimePackages.StateOf(situation.Facts, TimePackages.Chrony) is { IsHeld: true, IsInstalled: false })
        {
            yield return "The package chrony is missing, and held (apt-mark unhold chrony releases it)";
        }

        foreach (var package in displaced.Where(package => package.IsHeld))
        {
            yield return $"The package {package.Name} would have to give way to chrony, and is held (apt-mark unhold {package.Name} releases it)";
        }
    }

    private static IEnumerable<string> Watching(TimeSyncSituation situation) =>
        situation.Time.Processes.Any(process => process.Unit == Unit && !process.SetsClock)
            ? ["chronyd is started with '-x', so that it only watches the clock; take that out of DAEMON_OPTS in /etc/default/chrony"]
            : [];

    /// <summary>
    /// A machine that is suspended, or restored from a snapshot, wakes up with a clock that is hours behind: it has to be stepped at any
    /// time, and not only after chrony's start.
    /// </summary>
    private static Change? Stepping(TimeSyncSituation situation)
    {
        var content = ManagedFile.Render("[Service]", "ExecStartPost=+/usr/bin/chronyc -n makestep 1 -1");
        return situation.IsVirtual && !ChronyConfiguration.Read(situation.Facts.Files).StepsAlways
            && !ManagedFile.IsWritten(situation.Facts, UnitDropInPath, content)
            ? TimeSyncChange.Write(situation.Facts, UnitDropInPath, content, "chrony would not step the clock of a machine that was suspended")
            : null;
    }

    private static IEnumerable<Change> Module(NodeFacts facts, HypervisorReference? clock)
    {
        const string Name = ProbeRequest.PtpModule;
        return clock is { IsKvm: true } && !facts.BuiltInModules.Contains(Name) && ModulesLoadConfiguration.Read(facts.Files).FileThatLoads(Name) is null
            ? [TimeSyncChange.Write(facts, ModulesPath, ManagedFile.Render(Name), $"nothing loads {Name} at boot")]
            : [];
    }
}
