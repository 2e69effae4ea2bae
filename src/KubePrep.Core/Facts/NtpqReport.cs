namespace KubePrep.Facts;

/// <summary>Reads what an ntpd, NTPsec's or the Network Time Foundation's, says through ntpq(1).</summary>
internal static class NtpqReport
{
    private const string Process = "ntpd";
    private const int PeerFields = 10;

    /// <summary>What the daemon says; null if it does not answer.</summary>
    /// <param name="variables">The lines of <c>rv 0 leap,stratum,refid</c>: <c>leap=00, stratum=3, refid=192.0.2.1</c>.</param>
    /// <param name="peers">Those of <c>ntpq -n -p</c>: a table.</param>
    public static TimeDaemonState? Parse(IReadOnlyList<string> variables, IReadOnlyList<string> peers)
    {
        var values = variables.SelectMany(line => line.Split(',')).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.Ordinal);
        TimeSource[] sources = [.. Table(peers).Select(Source).OfType<TimeSource>()];
        if (!values.Contains("leap") && sources.Length == 0)
        {
            return null;
        }

        var leap = Leap(values["leap"].FirstOrDefault(""));
        var stratum = NtpNumber.Stratum(values["stratum"].FirstOrDefault(""));
        return new TimeDaemonState(Process)
        {
            IsSynchronized = leap.Length > 0 ? leap != LeapStatus.NotSynchronised : sources.Any(source => source.IsSelected),
            Leap = leap,
            Stratum = stratum,
            ReferenceId = stratum is null ? "" : NtpReference.OfText(values["refid"].FirstOrDefault("")),
            Sources = sources,
        };
    }

    /// <summary>The rows below the line of equals signs.</summary>
    private static IEnumerable<string> Table(IReadOnlyList<string> lines) =>
        lines.SkipWhile(line => !line.StartsWith("====", StringComparison.Ordinal)).Skip(1);

    /// <summary>
    /// A source of a row such as <c>*192.0.2.1  198.51.100.7  2 u  33  64  377  0.5  0.1  0.2</c>, whose first character says what the
    /// daemon makes of it; null for a pool's own row, and for what is none.
    /// </summary>
    private static TimeSource? Source(string row)
    {
        var fields = row.Length == 0 ? [] : row[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < PeerFields || fields[1] == ".POOL.")
        {
            return null;
        }

        var isClock = fields[^7] == "l";
        var stratum = NtpNumber.Stratum(fields[^8]);
        return new TimeSource(fields[0])
        {
            IsReferenceClock = isClock,
            IsSelected = row[0] is '*' or 'o',
            IsRejected = row[0] == 'x',
            Stratum = stratum ?? 0,
            Reach = NtpNumber.Reach(fields[^4]),
            ReferenceId = isClock || stratum is not null ? NtpReference.OfText(fields[1]) : "",
        };
    }

    /// <summary>The leap indicator, which daemons and their versions write as bits or as a name.</summary>
    private static string Leap(string text) => LeapStatus.Of(text switch
    {
        "00" or "0" or "leap_none" => 0,
        "01" or "1" or "leap_add_sec" => 1,
        "10" or "2" or "leap_del_sec" => 2,
        "11" or "3" or "leap_alarm" => 3,
        _ => null,
    });
}
