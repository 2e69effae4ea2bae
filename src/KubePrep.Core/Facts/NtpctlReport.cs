namespace KubePrep.Facts;

/// <summary>Reads what OpenNTPD's ntpd says through <c>ntpctl -s all</c> (ntpctl(8)).</summary>
internal static class NtpctlReport
{
    private const string Process = "ntpd";
    private const string Synchronized = "clock synced, stratum ";
    private const string Unsynchronized = "clock unsynced";
    private const string Unresolved = "not resolved";
    private const int RowFields = 5;
    private const int ValidTrust = 6; // of 10; a peer begins at 2 and gains 1 with each answer

    /// <summary>What the daemon says; null if it does not answer.</summary>
    /// <param name="lines">The lines: the status, then two for each peer, and two for each sensor.</param>
    public static TimeDaemonState? Parse(IReadOnlyList<string> lines)
    {
        var status = lines.FirstOrDefault(line =>
            line.Contains(Synchronized, StringComparison.Ordinal) || line.Contains(Unsynchronized, StringComparison.Ordinal));
        if (status is null)
        {
            return null;
        }

        var at = status.IndexOf(Synchronized, StringComparison.Ordinal);
        TimeSource[] sources = [.. Sources(lines)];
        return new TimeDaemonState(Process)
        {
            IsSynchronized = at >= 0,
            Leap = at >= 0 ? "" : LeapStatus.NotSynchronised,
            Stratum = at < 0 ? null : NtpNumber.Stratum(status[(at + Synchronized.Length)..].Trim()),
            ReferenceId = sources.FirstOrDefault(source => source.IsSelected && !source.IsReferenceClock) is { } selected
                ? NtpReference.OfAddress(selected.Name) : "",
            Sources = sources,
        };
    }

    private static IEnumerable<TimeSource> Sources(IReadOnlyList<string> lines)
    {
        var (isSensor, isInTable, described) = (false, false, "");
        foreach (var line in lines)
        {
            if (line is "peer" or "sensor")
            {
                (isSensor, isInTable, described) = (line == "sensor", true, "");
            }
            else if (isInTable && line.StartsWith(' ') && described.Length > 0)
            {
                if (Source(described, line, isSensor) is { } source)
                {
                    yield return source;
                }

                described = "";
            }
            else if (!line.StartsWith(' '))
            {
                described = line;
            }
        }
    }

    /// <summary>A source of its name, and of a row such as <c> *  1 10  2   20s   33s  …</c>: weight, trust, stratum, next poll, interval.</summary>
    private static TimeSource? Source(string described, string row, bool isSensor)
    {
        var fields = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isSelected = fields is ["*", ..];
        fields = isSelected ? fields[1..] : fields;
        if (fields.Length < RowFields || NameOf(described) is not { } name)
        {
            return null;
        }

        var trust = NtpNumber.Of(fields[1]) ?? 0;
        return new TimeSource(name)
        {
            IsReferenceClock = isSensor,
            IsSelected = isSelected,
            Stratum = NtpNumber.Stratum(fields[2]) ?? 0,
            Reach = trust >= (isSensor ? 1 : ValidTrust) ? 1 : 0,
        };
    }

    /// <summary>
    /// The address that <c>192.0.2.1 from pool pool.example.org</c> begins with, or the name that <c>not resolved ntp.example.org</c> ends
    /// with.
    /// </summary>
    private static string? NameOf(string description)
    {
        var words = description.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return description.StartsWith(Unresolved, StringComparison.Ordinal) ? words[^1] : words.FirstOrDefault();
    }
}
