using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>What keeps a node's clock, and how far off it is.</summary>
public sealed record NodeTimeSync
{
    /// <summary>The node, as its user named it.</summary>
    public required Node Node { get; init; }

    /// <summary>What the node is made of; null if it could not be asked, as with all that follows.</summary>
    public MachineKind? Machine { get; init; }

    /// <summary>The daemons that are installed or run.</summary>
    public IReadOnlyList<TimeDaemon> Daemons { get; init; } = [];

    /// <summary>What the node follows: a server, a clock's name, or in words what else; empty if nothing.</summary>
    public string Source { get; init; } = "";

    /// <summary>Whether that is known to lead to UTC, and is neither the node's own clock nor a server that follows its own.</summary>
    public bool? IsTraceable { get; init; }

    /// <summary>The node's stratum, 1 to 15; null if it has none.</summary>
    public int? Stratum { get; init; }

    /// <summary>The leap status in chrony's words, such as <c>Normal</c> or <c>Not synchronised</c>; empty if no daemon says one.</summary>
    public string Leap { get; init; } = "";

    /// <summary>The clocks of the precision time protocol's kind, among them those that hypervisors offer.</summary>
    public IReadOnlyList<PtpClock> PtpClocks { get; init; } = [];

    /// <summary>Whether an NTP server answers the node; null if none was asked or is followed.</summary>
    public bool? AnswersNtp { get; init; }

    /// <summary>How far the node's clock is ahead of this machine's; negative if it is behind.</summary>
    public TimeSpan? Offset { get; init; }

    /// <summary>By how much <see cref="Offset"/> may be wrong, in either direction.</summary>
    public TimeSpan? ErrorBound { get; init; }

    /// <summary>How far the node's clock is ahead of the median of the other nodes' of the run; null if there is no other.</summary>
    public TimeSpan? OffsetFromMedian { get; init; }

    /// <summary>By how much <see cref="OffsetFromMedian"/> may be wrong, in either direction.</summary>
    public TimeSpan? MedianErrorBound { get; init; }

    /// <summary>Whether the clock is kept; null if the node could not be asked.</summary>
    public TimeSyncVerdict? Verdict { get; init; }

    /// <summary>Why the verdict is what it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What to do about it; empty if there is nothing to do.</summary>
    public string WayOut { get; init; } = "";

    /// <summary>How long it took to find out, without the wait for other nodes.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What the user should know besides.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The node as it was found; null if it could not be asked.</summary>
    public NodeFacts? Facts { get; init; }

    /// <summary>Why it could not be asked, or how far beyond all limits its clock is; null otherwise.</summary>
    public KubePrepException? Error { get; init; }
}
