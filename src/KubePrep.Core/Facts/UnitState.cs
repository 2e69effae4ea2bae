namespace KubePrep.Facts;

/// <summary>A systemd unit's state, in systemd's own words (<c>systemctl show</c>).</summary>
/// <param name="Name">Its id, such as <c>rsyslog.service</c>.</param>
/// <param name="LoadState">Such as <c>loaded</c>, <c>not-found</c> or <c>masked</c>.</param>
/// <param name="ActiveState">Such as <c>active</c>, <c>inactive</c> or <c>failed</c>.</param>
/// <param name="UnitFileState">Such as <c>enabled</c>, <c>generated</c> or <c>masked</c>; empty if it has no file.</param>
/// <param name="FragmentPath">The file it was loaded from; generators' are under <c>/run/systemd/generator</c>.</param>
/// <param name="What">A swap unit's device; empty for others.</param>
public sealed record UnitState(string Name, string LoadState, string ActiveState, string UnitFileState, string FragmentPath, string What)
{
    /// <summary>Whether systemd last left it alone as a condition in it was not met (systemd.unit(5), <c>Condition…</c>), which is no failure.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>How it ended last: <c>success</c>, <c>exit-code</c> and so on; empty if it is not known.</summary>
    public string Result { get; init; } = "";

    /// <summary>What the service says of itself (sd_notify(3), <c>STATUS</c>); mostly empty.</summary>
    public string StatusText { get; init; } = "";

    /// <summary>Whether it runs.</summary>
    public bool IsActive => ActiveState is "active" or "activating" or "reloading";

    /// <summary>Whether it can never be started.</summary>
    public bool IsMasked => LoadState == "masked";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
