namespace KubePrep.Facts;

/// <summary>A running time daemon.</summary>
/// <param name="Name">The process's name (proc(5), <c>comm</c>, at most 15 characters): <c>chronyd</c>, <c>ntpd</c>, <c>systemd-timesyn</c>.</param>
/// <param name="Unit">The systemd unit it belongs to; empty if it belongs to none.</param>
/// <param name="CommandLine">Its arguments, with spaces between them.</param>
public sealed record TimeProcess(string Name, string Unit, string CommandLine)
{
    /// <summary>Whether it sets the clock; chronyd with <c>-x</c> only watches it (chronyd(8)).</summary>
    public bool SetsClock => Name != "chronyd" || !CommandLine.Split(' ').Contains("-x");
}
