using System.Globalization;

namespace KubePrep.Facts;

/// <summary>Reads what chronyd says through <c>chronyc -n -c</c>: values with commas between them, a line each (chronyc(1)).</summary>
internal static class ChronyReport
{
    private const string Process = "chronyd";
    private const int TrackingFields = 14;
    private const int SourceFields = 6;
    private const int ServerFields = 16;
    private const double MaximumCorrection = 1e9; // seconds

    /// <summary>What chronyd says; null if it does not answer.</summary>
    /// <param name="tracking">The lines of <c>tracking</c>.</param>
    /// <param name="sources">Those of <c>sources</c>.</param>
    /// <param name="serverData">Those of <c>ntpdata</c>, which only root gets.</param>
    public static TimeDaemonState? Parse(IReadOnlyList<string> tracking, IReadOnlyList<string> sources, IReadOnlyList<string> serverData)
    {
        var report = Rows(tracking, TrackingFields).FirstOrDefault(fields => fields[0].Length == 8);
        if (report is null)
        {
            return null;
        }

        var stratum = NtpNumber.Stratum(report[2]);
        var leap = LeapStatus.OfWords(report[13]);
        var servers = Rows(serverData, ServerFields).ToLookup(fields => fields[0], StringComparer.Ordinal);
        return new TimeDaemonState(Process)
        {
            IsSynchronized = leap.Length > 0 && leap != LeapStatus.NotSynchronised,
            Leap = leap,
            Stratum = stratum,
            ReferenceId = NtpReference.OfDigits(report[0], stratum ?? 0),
            Correction = Correction(report[4]),
            Sources = [.. Rows(sources, SourceFields).Where(fields => fields[0] is "^" or "=" or "#")
                .Select(fields => Source(fields, servers[fields[2]].FirstOrDefault()))],
        };
    }

    /// <summary>A source of a line such as <c>^,*,192.0.2.1,2,6,377,5,…</c>, and of what a server says of itself.</summary>
    private static TimeSource Source(string[] fields, string[]? server) => new(fields[2])
    {
        IsReferenceClock = fields[0] == "#",
        IsSelected = fields[1] == "*",
        IsRejected = fields[1] is "x" or "~",
        Stratum = NtpNumber.Stratum(fields[3]) ?? 0,
        Reach = NtpNumber.Reach(fields[5]),
        ReferenceId = server is null ? "" : NtpReference.OfServer(server[15], NtpNumber.Stratum(server[8]) ?? 0),
    };

    /// <summary>Seconds, or null for what no clock is off by.</summary>
    private static TimeSpan? Correction(string seconds) =>
        double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < MaximumCorrection
            ? TimeSpan.FromSeconds(value)
            : null;

    private static IEnumerable<string[]> Rows(IReadOnlyList<string> lines, int count) =>
        lines.Select(line => line.Split(',')).Where(fields => fields.Length >= count);
}
