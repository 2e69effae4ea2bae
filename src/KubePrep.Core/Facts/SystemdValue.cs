using System.Buffers;
using System.Globalization;

namespace KubePrep.Facts;

/// <summary>Values of systemd's settings, compared by what they mean: yes and no, sizes, spans of time (systemd.time(7)).</summary>
internal static class SystemdValue
{
    private const string SizeUnits = "KMGTPE";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly Dictionary<string, decimal> SecondsByUnit = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["s"] = 1, ["sec"] = 1, ["second"] = 1, ["seconds"] = 1,
        ["m"] = 60, ["min"] = 60, ["minute"] = 60, ["minutes"] = 60,
        ["h"] = 3600, ["hr"] = 3600, ["hour"] = 3600, ["hours"] = 3600,
        ["d"] = 86400, ["day"] = 86400, ["days"] = 86400,
        ["w"] = 604800, ["week"] = 604800, ["weeks"] = 604800,
        ["M"] = 2629800, ["month"] = 2629800, ["months"] = 2629800,
        ["y"] = 31557600, ["year"] = 31557600, ["years"] = 31557600,
    };

    /// <summary>Whether two values of a setting mean the same.</summary>
    /// <param name="key">The setting, whose name says whether it is a span of time.</param>
    /// <param name="left">A value.</param>
    /// <param name="right">Another.</param>
    public static bool AreEqual(string key, string left, string right) =>
        left == right
        || (key.EndsWith("Sec", StringComparison.Ordinal)
            ? AreEqual(Seconds(left), Seconds(right))
            : AreEqual(Boolean(left), Boolean(right)) || AreEqual(Size(left), Size(right)));

    private static bool AreEqual<T>(T? left, T? right)
        where T : struct, IEquatable<T> => left is { } known && right is { } other && known.Equals(other);

    private static bool? Boolean(string text) => text.ToLowerInvariant() switch
    {
        "1" or "yes" or "y" or "true" or "t" or "on" => true,
        "0" or "no" or "n" or "false" or "f" or "off" => false,
        _ => null,
    };

    private static decimal? Size(string text)
    {
        var unit = text.Length > 0 ? SizeUnits.IndexOf(text[^1], StringComparison.Ordinal) : -1;
        var number = unit < 0 ? text : text[..^1];
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < uint.MaxValue
            ? value * (1L << (10 * (unit + 1)))
            : null;
    }

    private static decimal? Seconds(string text)
    {
        var (total, isEmpty) = (0m, true);
        for (var rest = text.AsSpan().Trim(); !rest.IsEmpty; rest = rest.TrimStart())
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters) is >= 0 and var end ? end : rest.Length;
            var number = rest[..digits];
            rest = rest[digits..].TrimStart();
            var letters = 0;
            while (letters < rest.Length && char.IsAsciiLetter(rest[letters]))
            {
                letters++;
            }

            if (digits is 0 or > 12
                || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                || !SecondsByUnit.TryGetValue(rest[..letters].ToString(), out var unit))
            {
                return null;
            }

            total += value * unit;
            isEmpty = false;
            rest = rest[letters..];
        }

        return isEmpty ? null : total;
    }
}
