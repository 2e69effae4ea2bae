using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>The NTP servers that a node's time daemons are configured with.</summary>
internal static class ConfiguredNtpServers
{
    /// <summary>
    /// The servers, in order, each once: of the daemons that run or start at boot, or if there are none of those that are installed. What
    /// is neither a host's name nor an address is left out, so that each is one word of letters, digits, and <c>.:-_</c>.
    /// </summary>
    /// <param name="facts">A node whose time was asked about.</param>
    public static IReadOnlyList<string> Of(NodeFacts facts)
    {
        var daemons = TimeDaemons.Of(facts);
        var used = daemons.Where(daemon => daemon.IsRunning || daemon.IsEnabled).ToList();
        return [.. (used.Count > 0 ? used : daemons).Select(daemon => daemon.Kind).Distinct()
            .SelectMany(kind => Servers(kind, facts))
            .Where(NtpServerName.IsConfigurable)
            .Distinct(StringComparer.OrdinalIgnoreCase),];
    }

    private static IReadOnlyList<string> Servers(TimeDaemonKind kind, NodeFacts facts) => kind switch
    {
        TimeDaemonKind.Chrony => ChronyConfiguration.Read(facts.Files).Servers,
        TimeDaemonKind.Timesyncd => OfTimesyncd(facts),
        TimeDaemonKind.Ntpsec => NtpConfiguration.Servers(facts.Files, "/etc/ntpsec/ntp.conf"),
        TimeDaemonKind.Ntp => NtpConfiguration.Servers(facts.Files, "/etc/ntp.conf"),
        _ => NtpConfiguration.Servers(facts.Files, "/etc/openntpd/ntpd.conf"),
    };

    private static IReadOnlyList<string> OfTimesyncd(NodeFacts facts)
    {
        var configuration = TimesyncdConfiguration.Read(facts.Files);
        return configuration.Servers.Count > 0 ? configuration.Servers : configuration.FallbackServers ?? BuiltIn(facts.Release);
    }

    /// <summary>The servers that the distribution's systemd-timesyncd falls back to.</summary>
    private static string[] BuiltIn(DebianRelease release) => release.Id switch
    {
        "debian" => ["0.debian.pool.ntp.org", "1.debian.pool.ntp.org", "2.debian.pool.ntp.org", "3.debian.pool.ntp.org"],
        "ubuntu" => ["ntp.ubuntu.com"],
        _ => [],
    };
}
