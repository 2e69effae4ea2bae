using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace KubePrep.Yaml;

/// <summary>Which strings a YAML 1.1 reader, which kubectl is (by Go's yaml.v2), takes for something else if they stand unquoted.</summary>
internal static partial class YamlString
{
    /// <summary>What YAML 1.1 takes for line breaks besides the control characters, and the byte order mark.</summary>
    private const string LineBreaks = "\u2028\u2029\ufeff";

    private static readonly HashSet<string> Words =
    [
        "~", "null", "Null", "NULL", "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE",
        "on", "On", "ON", "off", "Off", "OFF", ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
    ];

    /// <summary>The order of UTF-8 bytes, in which Go sorts, and which is not that of .NET's strings beyond U+FFFF.</summary>
    public static Comparer<string> ByBytes { get; } =
        Comparer<string>.Create((left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));

    /// <summary>Double quotes for what would be read as something else, and for what spans lines; else the syntax decides.</summary>
    public static ScalarStyle StyleOf(string value) =>
        IsSomethingElse(value) || value.Any(c => char.IsControl(c) || LineBreaks.Contains(c)) ? ScalarStyle.DoubleQuoted
        : value.Contains('\'', StringComparison.Ordinal) && IsSyntax(value) ? ScalarStyle.SingleQuoted // YamlDotNet would choose double ones
        : ScalarStyle.Any;

    /// <summary>Whether an unquoted scalar of these characters is null, a boolean, a number, a time or a sexagesimal number.</summary>
    public static bool IsSomethingElse(string value) =>
        value.Length == 0 || Words.Contains(value) || IsNumber(value) || Sexagesimal.IsMatch(value) || IsTime(value);

    /// <summary>Whether the characters mean something in YAML where they stand, so that they cannot stand unquoted.</summary>
    private static bool IsSyntax(string value) =>
        "#,[]{}&*!|>'\"%@` ".Contains(value[0], StringComparison.Ordinal)
        || (value[0] is '-' or '?' or ':' && (value.Length == 1 || value[1] == ' '))
        || value[^1] is ' ' or ':'
        || value.Contains(": ", StringComparison.Ordinal)
        || value.Contains(" #", StringComparison.Ordinal)
        || value.StartsWith("---", StringComparison.Ordinal)
        || value.StartsWith("...", StringComparison.Ordinal);

    private static bool IsNumber(string text)
    {
        // Go drops every underscore after the first character, but of a number that begins with a point only those between digits
        var value = text[0] switch
        {
            '_' => text,
            '.' => BetweenDigits.Replace(text, ""),
            _ => text.Replace("_", "", StringComparison.Ordinal),
        };
        if (Float.IsMatch(value) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return true;
        }

        var match = Integer.Match(value);
        return match.Success && Fits(match.Groups["digits"].Value, LimitOf(value[0]), match.Groups["base"].Value.ToUpperInvariant() switch
        {
            "0X" => 16,
            "0B" => 2,
            _ => 8,
        });
    }

    /// <summary>The largest magnitude Go holds: a number with a sign is an int64, one without may be a uint64.</summary>
    private static ulong LimitOf(char first) => first switch
    {
        '-' => (ulong)long.MaxValue + 1,
        '+' => long.MaxValue,
        _ => ulong.MaxValue,
    };

    /// <summary>Whether Go could hold the number; what it cannot hold it takes for a string.</summary>
    private static bool Fits(string digits, ulong limit, int @base)
    {
        UInt128 number = 0;
        foreach (var digit in digits)
        {
            number = (number * (uint)@base) + (uint)Convert.ToInt32(digit.ToString(), 16);
            if (number > limit)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether Go reads the value as one of YAML's times: a date, with or without a time of the day and a zone.</summary>
    private static bool IsTime(string value)
    {
        var match = Time.Match(value);
        return match.Success
            && int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture) is var year
            && Within(match, "month", 1, 12)
            && Within(match, "day", 1, DateTime.DaysInMonth(year == 0 ? 4 : year, int.Parse(match.Groups["month"].Value, CultureInfo.InvariantCulture)))
            && Within(match, "hour", 0, 23) && Within(match, "minute", 0, 59) && Within(match, "second", 0, 59)
            && Within(match, "zoneHour", 0, 24) && Within(match, "zoneMinute", 0, 60);
    }

    private static bool Within(Match match, string group, int minimum, int maximum) =>
        !match.Groups[group].Success
        || (int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) is var number && number >= minimum && number <= maximum);

    [GeneratedRegex("(?<=[0-9])_(?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenDigits { get; }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float { get; }

    [GeneratedRegex(@"^[-+]?((?<base>0[xX])(?<digits>[0-9a-fA-F]+)|(?<base>0[bB])(?<digits>[01]+)|(?<base>0[oO]?)(?<digits>[0-7]+))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer { get; }

    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sexagesimal { get; }

    [GeneratedRegex(
        """
        ^(?<year>[0-9]{4}) - (?<month>[0-9]{1,2}) - (?<day>[0-9]{1,2})
        ( [Tt] (?<hour>[0-9]{1,2}) : (?<minute>[0-9]{1,2}) : (?<second>[0-9]{1,2}) ( [.,][0-9]+ )?
            ( Z | [-+] (?<zoneHour>[0-9]{2}) : (?<zoneMinute>[0-9]{2}) )
        | \ (?<hour>[0-9]{1,2}) : (?<minute>[0-9]{1,2}) : (?<second>[0-9]{1,2}) ( [.,][0-9]+ )?
        )?\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Time { get; }
}
