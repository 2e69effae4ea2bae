using System.Globalization;
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

    /// <summary>Double quotes for what would be read as something else, and for what spans lines; else the syntax decides.</summary>
    public static ScalarStyle StyleOf(string value) =>
        IsSomethingElse(value) || value.Any(c => char.IsControl(c) || LineBreaks.Contains(c)) ? ScalarStyle.DoubleQuoted
        : value.Contains('\'', StringComparison.Ordinal) && IsSyntax(value) ? ScalarStyle.SingleQuoted // YamlDotNet would choose double ones
        : ScalarStyle.Any;

    /// <summary>Whether an unquoted scalar of these characters is null, a boolean, a number, a time or a sexagesimal number.</summary>
    public static bool IsSomethingElse(string value) =>
        value.Length == 0 || Words.Contains(value) || (value[0] != '_' && IsNumber(value.Replace("_", "", StringComparison.Ordinal))) || Sexagesimal.IsMatch(value) || IsTime(value);

    /// <summary>Whether the characters mean something in YAML where they stand, so that they cannot stand unquoted.</summary>
    private static bool IsSyntax(string value) =>
        "#,[]{}&*!|>'\"%@` ".Contains(value[0], StringComparison.Ordinal)
        || (value[0] is '-' or '?' or ':' && (value.Length == 1 || value[1] == ' '))
        || value[^1] is ' ' or ':'
        || value.Contains(": ", StringComparison.Ordinal)
        || value.Contains(" #", StringComparison.Ordinal)
        || value.StartsWith("---", StringComparison.Ordinal)
        || value.StartsWith("...", StringComparison.Ordinal);

    private static bool IsNumber(string value)
    {
        if (Float.IsMatch(value) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return true;
        }

        var match = Integer.Match(value);
        return match.Success && Fits(match.Groups["digits"].Value, match.Groups["base"].Value.ToUpperInvariant() switch
        {
            "0X" => 16,
            "0B" => 2,
            _ => 8,
        });
    }

    /// <summary>Whether Go could hold the number in 64 bits; what it cannot hold it takes for a string.</summary>
    private static bool Fits(string digits, int @base)
    {
        UInt128 number = 0;
        foreach (var digit in digits)
        {
            number = (number * (uint)@base) + (uint)Convert.ToInt32(digit.ToString(), 16);
            if (number > ulong.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsTime(string value) =>
        Time.IsMatch(value)
        && DateTime.TryParseExact(value[..(value.IndexOfAny(['T', 't', ' ']) is >= 0 and var end ? end : value.Length)], "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float { get; }

    [GeneratedRegex(@"^[-+]?((?<base>0[xX])(?<digits>[0-9a-fA-F]+)|(?<base>0[bB])(?<digits>[01]+)|(?<base>0[oO]?)(?<digits>[0-7]+))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer { get; }

    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sexagesimal { get; }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?([Zz]|[-+][0-9]{2}:[0-9]{2})| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]+)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time { get; }
}
