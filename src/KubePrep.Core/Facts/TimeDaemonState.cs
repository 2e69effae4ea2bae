namespace KubePrep.Facts;

/// <summary>What a time daemon says of its work, in the same words for all daemons.</summary>
/// <param name="Process">The process's name, such as <c>chronyd</c>.</param>
public sealed record TimeDaemonState(string Process)
{
    /// <summary>The reference id of a clock that follows nothing but itself, at a stratum that was set (chrony's <c>local</c>).</summary>
    public const string LocalReference = "7F7F0101";

    /// <summary>Whether it says that the clock is synchronized, be it only to itself.</summary>
    public bool IsSynchronized { get; init; }

    /// <summary>The leap status: <c>Normal</c>, <c>Insert second</c>, <c>Delete second</c> or <c>Not synchronised</c>; empty if it says none.</summary>
    public string Leap { get; init; } = "";

    /// <summary>The node's own stratum, 1 to 15; null if it has none.</summary>
    public int? Stratum { get; init; }

    /// <summary>What the node follows, as eight hexadecimal digits (RFC 5905, section 7.3); empty if the daemon does not say.</summary>
    public string ReferenceId { get; init; } = "";

    /// <summary>By how much the clock is still behind what the daemon brings it to, slowly; null if it does not say.</summary>
    public TimeSpan? Correction { get; init; }

    /// <summary>The source that is followed; null if there is none.</summary>
    public TimeSource? Selected => Sources.FirstOrDefault(source => source.IsSelected);

    /// <summary>All sources.</summary>
    public IReadOnlyList<TimeSource> Sources { get; init; } = [];

    /// <summary>Whether the node follows nothing but its own clock, which a local stratum then hides.</summary>
    public bool IsLocal => ReferenceId == LocalReference;
}
