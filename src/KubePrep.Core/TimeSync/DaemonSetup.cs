using KubePrep.Changes;

namespace KubePrep.TimeSync;

/// <summary>The daemon that is to keep the clock, and what it needs for that.</summary>
/// <param name="Kind">Which one it is.</param>
/// <param name="Unit">The unit that starts it.</param>
internal sealed record DaemonSetup(TimeDaemonKind Kind, string Unit)
{
    /// <summary>How its package gets there.</summary>
    public IReadOnlyList<Change> Packages { get; init; } = [];

    /// <summary>The packages that give way to its own.</summary>
    public IReadOnlyList<string> Displaced { get; init; } = [];

    /// <summary>What writes its configuration.</summary>
    public IReadOnlyList<Change> Files { get; init; } = [];

    /// <summary>What writes files that it does not read.</summary>
    public IReadOnlyList<Change> OtherFiles { get; init; } = [];

    /// <summary>Whether systemd has to read its unit again.</summary>
    public bool NeedsReload { get; init; }

    /// <summary>Why it cannot be set up, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>A daemon that is to go on as it is.</summary>
    public static DaemonSetup Keep(TimeDaemon daemon) => new(daemon.Kind, daemon.Unit);
}
