using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>The servers that systemd-timesyncd is configured with (timesyncd.conf(5)), without those that DHCP or a network gives it.</summary>
/// <param name="Servers">The servers.</param>
/// <param name="FallbackServers">Those for where there are no others; null where those that the distribution has built in count.</param>
internal sealed record TimesyncdConfiguration(IReadOnlyList<string> Servers, IReadOnlyList<string>? FallbackServers)
{
    /// <summary>Reads the configuration of a node.</summary>
    /// <param name="files">The node's files.</param>
    public static TimesyncdConfiguration Read(NodeFileCollection files)
    {
        var configuration = SystemdConfiguration.Read(files, "timesyncd.conf", "Time");
        return new TimesyncdConfiguration(Names(configuration, "NTP"),
            configuration["FallbackNTP"] is null ? null : Names(configuration, "FallbackNTP"));
    }

    private static IReadOnlyList<string> Names(SystemdConfiguration configuration, string key) =>
        [.. configuration.Values(key)
            .SelectMany(value => value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.OrdinalIgnoreCase),];
}
