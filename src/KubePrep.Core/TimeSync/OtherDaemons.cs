using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>The daemons that run, or would after a reboot, besides the one that is to keep the clock: they are stopped, and do not come back.</summary>
internal sealed class OtherDaemons
{
    private const string LocalUnits = "/etc/systemd/system/";
    private const string ChronydPath = "/usr/sbin/chronyd";

    private readonly NodeFacts _facts;
    private readonly DaemonSetup _setup;
    private readonly List<Change> _changes = [];
    private readonly List<string> _faults = [];

    /// <summary>Plans what becomes of them.</summary>
    /// <param name="situation">The node.</param>
    /// <param name="setup">The daemon that is to keep the clock.</param>
    public OtherDaemons(TimeSyncSituation situation, DaemonSetup setup)
    {
        (_facts, _setup) = (situation.Facts, setup);
        var watchers = situation.Time.Processes.Where(process => !process.SetsClock).Select(process => process.Unit).ToHashSet(StringComparer.Ordinal);
        var others = situation.Daemons
            .Where(daemon => (daemon.IsRunning || (daemon.IsEnabled && !watchers.Contains(daemon.Unit)) || IsOnAlias(daemon)) && !IsKept(daemon))
            .ToList();
        foreach (var unit in others.GroupBy(daemon => daemon.Unit))
        {
            if (unit.Key.Length > 0 && unit.Key.EndsWith(".service", StringComparison.Ordinal))
            {
                Remove(unit.First());
            }
            else
            {
                _faults.AddRange(unit.Select(FaultOf).Distinct());
            }
        }

        if (situation.Time.Chronyd == ProgramOrigin.Foreign && setup.Kind != TimeDaemonKind.Chrony
            && !TimePackages.IsInstalled(_facts, TimePackages.Chrony) && others.Any(daemon => daemon is { Kind: TimeDaemonKind.Chrony, Unit.Length: > 0 }))
        {
            _changes.Add(TimeSyncChange.Delete(_facts, ChronydPath, "no package has it, and nothing is to start it any more"));
        }
    }

    /// <summary>What is done to them, in order.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>Why one of them cannot be stopped, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Whether systemd has to forget a unit.</summary>
    public bool NeedsReload { get; private set; }

    /// <summary>
    /// Whether a daemon is the one that is to keep the clock. A unit that somebody wrote for a chronyd of their own may have the name of
    /// the package's, which it would hide.
    /// </summary>
    public bool IsKept(TimeDaemon daemon) =>
        daemon.Unit == _setup.Unit
        && (daemon.Kind != TimeDaemonKind.Chrony || _setup.Packages.Count == 0 || LocalFileOf(daemon) is null);

    private static string FaultOf(TimeDaemon daemon) =>
        $"A program sets the clock ({TimePackages.Of(daemon.Kind)}'s, by its name) that no service of systemd's has started"
        + (daemon.Unit.Length > 0 ? $" (it runs in {PlainText.Printable(daemon.Unit)})" : "")
        + "; end it yourself, and what starts it";

    /// <summary>Whether a unit that somebody wrote has the package's other name for its own, which systemd then could not enable.</summary>
    private bool IsOnAlias(TimeDaemon daemon) =>
        _setup.Kind == TimeDaemonKind.Chrony && daemon.Unit == "chronyd.service" && LocalFileOf(daemon) is not null;

    private void Remove(TimeDaemon daemon)
    {
        var package = TimePackages.Of(daemon.Kind);
        var file = LocalFileOf(daemon);
        if (file is null && _setup.Displaced.Contains(package))
        {
            return; // apt stops it, and removes its unit
        }

        var reason = daemon.IsRunning ? $"it sets the clock against {_setup.Unit}"
            : daemon.IsEnabled ? $"it would set the clock against {_setup.Unit} after a reboot"
            : $"it has the other name of {_setup.Unit}";
        _changes.Add(TimeSyncChange.Of(ChangeAction.DisableUnit, daemon.Unit, reason));
        if (file is not null)
        {
            _changes.Add(TimeSyncChange.Delete(_facts, file, $"it is left of a {package} that no package has installed"));
            NeedsReload = true;
        }
    }

    /// <summary>The unit's file, if somebody put it there, and no package.</summary>
    private string? LocalFileOf(TimeDaemon daemon) =>
        _facts.Unit(daemon.Unit)?.FragmentPath is { } path && path.StartsWith(LocalUnits, StringComparison.Ordinal) ? path : null;
}
