namespace KubePrep.Facts;

/// <summary>What a time daemon may follow.</summary>
/// <param name="Name">Its address or name, or a reference clock's name, such as <c>PHC0</c>.</param>
public sealed record TimeSource(string Name)
{
    /// <summary>Whether it is a clock of the machine, and not a server.</summary>
    public bool IsReferenceClock { get; init; }

    /// <summary>Whether the daemon follows it.</summary>
    public bool IsSelected { get; init; }

    /// <summary>Whether the daemon takes it for wrong: it disagrees with most others, or varies too much.</summary>
    public bool IsRejected { get; init; }

    /// <summary>Its stratum; 0 if it is not known.</summary>
    public int Stratum { get; init; }

    /// <summary>Which of the last eight polls it answered, as bits; 0 if it answered none of them.</summary>
    public int Reach { get; init; }

    /// <summary>What it follows itself, as eight hexadecimal digits; empty if it is not known.</summary>
    public string ReferenceId { get; init; } = "";

    /// <summary>Whether it is known to follow nothing but its own clock, so that whoever follows it is not traceable to UTC either.</summary>
    public bool IsLocal => ReferenceId == TimeDaemonState.LocalReference;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
