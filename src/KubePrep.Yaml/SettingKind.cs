using System.Globalization;
using System.Text.RegularExpressions;

namespace KubePrep.Yaml;

/// <summary>
/// A kind of value that systemd's configuration files have. systemd itself passes over a value that it cannot read, and leaves a line in
/// the journal that nobody reads; so it is checked here.
/// </summary>
/// <param name="Description">What it is, after "is not".</param>
/// <param name="Parse">The value as it is to be written, or null if it is of another kind.</param>
internal sealed partial record SettingKind(string Description, Func<string, string?> Parse)
{
    /// <summary>No value is longer, and the patterns below need no more time than that takes.</summary>
    private const int MaximumLength = 200;

    /// <summary>A boolean, which is written as <c>yes</c> or <c>no</c> whichever of its words was used.</summary>
    public static SettingKind Boolean { get; } = new("yes or no", ParseBoolean);

    /// <summary>A number.</summary>
    public static SettingKind Count { get; } = Of("a number", CountForm);

    /// <summary>A size in bytes; the suffixes are powers of 1024.</summary>
    public static SettingKind Size { get; } = Of("a size such as 200M or 2G", SizeForm);

    /// <summary>A boolean, or the size from which on it holds.</summary>
    public static SettingKind BooleanOrSize { get; } =
        new("yes, no or a size such as 512 or 4K", text => ParseBoolean(text) ?? Size.Parse(text));

    /// <summary>A time span (systemd.time(7)); a number without a unit counts seconds.</summary>
    public static SettingKind TimeSpan { get; } = Of("a time span such as 30s, 12h or 2week", TimeSpanForm);

    /// <summary>A level of syslog(3).</summary>
    public static SettingKind Level { get; } = OneOf(
        "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug", "0", "1", "2", "3", "4", "5", "6", "7");

    /// <summary>The path of a terminal.</summary>
    public static SettingKind Device { get; } = Of("the path of a device, such as /dev/tty12", DeviceForm);

    /// <summary>A limit that counts, or a soft and a hard one.</summary>
    public static SettingKind CountLimit { get; } = Limit("a number", CountForm, Amount);

    /// <summary>A limit in bytes, or a soft and a hard one.</summary>
    public static SettingKind SizeLimit { get; } = Limit("a size such as 64M", SizeForm, Amount);

    /// <summary>A limit of time, or a soft and a hard one.</summary>
    public static SettingKind TimeLimit { get; } = Limit("a time span such as 30s", TimeSpanForm);

    /// <summary>A limit of niceness: a nice value with its sign, or the raw limit without one.</summary>
    public static SettingKind NiceLimit { get; } = Limit("a nice value such as +5 or -5, or a number from 0 to 40", NiceForm);

    /// <summary>One of some words.</summary>
    public static SettingKind OneOf(params string[] words) =>
        new($"one of {string.Join(", ", words)}", text => words.Contains(text) ? text : null);

    /// <summary>Whether a word stands for true or false, in YAML 1.1 or for systemd, which share them; null if it is another.</summary>
    public static bool? Truth(string text) => text.ToUpperInvariant() switch
    {
        "YES" or "Y" or "TRUE" or "T" or "ON" or "1" => true,
        "NO" or "N" or "FALSE" or "F" or "OFF" or "0" => false,
        _ => null,
    };

    private static SettingKind Of(string description, Regex form) =>
        new(description, text => text.Length <= MaximumLength && form.IsMatch(text) ? text : null);

    private static SettingKind Limit(string description, Regex form, Func<string, double>? amount = null)
    {
        bool IsPart(string text) => text == "infinity" || form.IsMatch(text);
        return new SettingKind(
            $"{description}, infinity, or SOFT:HARD, of which the soft one is not the higher",
            text => text.Length > MaximumLength ? null : text.Split(':') switch
            {
                [var both] when IsPart(both) => text,
                [var soft, var hard] when IsPart(soft) && IsPart(hard) && (amount is null || amount(soft) <= amount(hard)) => text,
                _ => null,
            });
    }

    private static string? ParseBoolean(string text) => Truth(text) switch
    {
        true => "yes",
        false => "no",
        null => null,
    };

    /// <summary>What a count or size comes to.</summary>
    private static double Amount(string text) =>
        text == "infinity" ? double.PositiveInfinity
        : "BKMGTPE".IndexOf(text[^1], StringComparison.Ordinal) is >= 0 and var power
            ? Number(text.AsSpan(0, text.Length - 1)) * Math.Pow(1024, power)
        : Number(text);

    private static double Number(ReadOnlySpan<char> text) =>
        double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{1,18}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CountForm { get; }

    [GeneratedRegex(@"^[0-9]{1,18}(\.[0-9]{1,6})?[BKMGTPE]?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SizeForm { get; }

    [GeneratedRegex(
        """
        ^(infinity | ([0-9]+ (\.[0-9]+)? \ ?
            (usec|us|msec|ms|seconds|second|sec|s|minutes|minute|min|months|month|m|M
                |hours|hour|hr|h|days|day|d|weeks|week|w|years|year|y) \ ?)*
            ([0-9]+ (\.[0-9]+)?)?)(?<=[0-9a-zM])\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex TimeSpanForm { get; }

    [GeneratedRegex(@"^/dev/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DeviceForm { get; }

    [GeneratedRegex(@"^([+-](1?[0-9])|-20|[0-9]|[123][0-9]|40)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NiceForm { get; }
}
