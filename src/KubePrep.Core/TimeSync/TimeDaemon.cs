using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>A time daemon of a node: whether it is installed, enabled and running.</summary>
/// <param name="Kind">Which one it is.</param>
/// <param name="Unit">The systemd unit that starts it; empty if it was started by none.</param>
public sealed record TimeDaemon(TimeDaemonKind Kind, string Unit)
{
    /// <summary>Whether systemd starts it at boot.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Whether it runs, and sets the clock.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Whether somebody installed it, and no package did: its unit is a file of <c>/etc/systemd/system</c>, or its program is foreign.</summary>
    public bool IsSelfInstalled { get; init; }

    /// <summary>Why it does not run although it should, as half a sentence; empty otherwise.</summary>
    public string Problem { get; init; } = "";

    /// <summary>What it says of its work; null if it does not run, or cannot be asked.</summary>
    public TimeDaemonState? State { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Unit.Length > 0 ? Unit : Kind.ToString();
}
