namespace KubePrep.Facts;

/// <summary>
/// Reads what systemd-timesyncd says through <c>timedatectl show-timesync --all</c>; where its bus does not answer, the status that it
/// gave systemd has to do.
/// </summary>
internal static class TimesyncReport
{
    private const string Process = "systemd-timesyn";
    private const string ServerInStatus = "time server ";

    /// <summary>What the daemon says.</summary>
    /// <param name="properties">The lines of <c>show-timesync</c>; none if they could not be had.</param>
    /// <param name="isSynchronized">Whether it has made the file <c>/run/systemd/timesync/synchronized</c>.</param>
    /// <param name="statusText">Its status, such as <c>Contacted time server 192.0.2.1:123 (ntp.example.org).</c></param>
    public static TimeDaemonState Parse(IReadOnlyList<string> properties, bool isSynchronized, string statusText)
    {
        var values = properties.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var message = Message(values["NTPMessage"].FirstOrDefault(""));
        var leap = LeapStatus.Of(NtpNumber.Of(message["Leap"].FirstOrDefault("")));
        var stratum = NtpNumber.Stratum(message["Stratum"].FirstOrDefault(""));
        var name = new[] { values["ServerAddress"].FirstOrDefault(""), values["ServerName"].FirstOrDefault(""), ServerOf(statusText) }
            .FirstOrDefault(server => server.Length > 0);
        var isConnecting = statusText.StartsWith("Connecting", StringComparison.Ordinal);
        var hasAnswered = message.Count > 0 || (properties.Count == 0 && isSynchronized && !isConnecting);
        var source = name is null ? null : new TimeSource(name)
        {
            IsSelected = isSynchronized && hasAnswered,
            Stratum = stratum ?? 0,
            Reach = hasAnswered ? 1 : 0,
            ReferenceId = Reference(message["Reference"].FirstOrDefault(""), stratum),
        };
        return new TimeDaemonState(Process)
        {
            IsSynchronized = isSynchronized && leap != LeapStatus.NotSynchronised,
            Leap = isSynchronized ? leap : LeapStatus.NotSynchronised,
            Stratum = source is { IsSelected: true } ? NextStratum(stratum) : null,
            ReferenceId = source is { IsSelected: true } ? NtpReference.OfAddress(source.Name) : "",
            Sources = source is null ? [] : [source],
        };
    }

    /// <summary>The parts of <c>{ Leap=0, Version=4, … }</c>.</summary>
    private static ILookup<string, string> Message(string text) => text.Trim('{', '}', ' ').Split(", ")
        .Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2)
        .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>What the server follows, which is written as a name at stratum 1, and as a number without leading zeros above.</summary>
    private static string Reference(string text, int? stratum) =>
        stratum == 1 ? NtpReference.OfText(text) : NtpReference.OfServer(text, stratum ?? 0);

    private static int? NextStratum(int? stratum) => stratum is < 15 ? stratum + 1 : null;

    /// <summary>The server's address in a status, without the port; empty if there is none.</summary>
    private static string ServerOf(string status)
    {
        if (status.IndexOf(ServerInStatus, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return "";
        }

        var server = status[(at + ServerInStatus.Length)..].Split(' ')[0];
        var port = server.LastIndexOf(':');
        return (port < 0 ? server : server[..port]).Trim('[', ']');
    }
}
