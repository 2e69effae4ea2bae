namespace KubePrep.TimeSync;

/// <summary>Names from nodes, as they stand in sentences.</summary>
internal static class Words
{
    /// <summary>A daemon's unit, or what it is if no unit started it.</summary>
    public static string Name(TimeDaemon daemon) =>
        daemon.Unit.Length > 0 ? PlainText.Printable(daemon.Unit) : $"{Program(daemon.Kind)} (of no unit)";

    /// <summary>Names with commas between them, and a word before the last.</summary>
    public static string And(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    private static string Program(TimeDaemonKind kind) => kind switch
    {
        TimeDaemonKind.Chrony => "chronyd",
        TimeDaemonKind.Timesyncd => "systemd-timesyncd",
        _ => "ntpd",
    };
}
