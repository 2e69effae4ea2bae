using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace KubePrep.Inventory;

/// <summary>
/// The hosts a word stands for, as Ansible reads it: a name or an address, with a port or without, in which <c>[1:9]</c>, <c>[01:10]</c>,
/// <c>[a:f]</c> and <c>[1:9:2]</c> count.
/// </summary>
internal static partial class HostPattern
{
    /// <summary>How many hosts an inventory may have.</summary>
    public const int MaximumHosts = 10_000;

    private const int MaximumLength = 1000;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The names, and the port they share, in digits.</summary>
    /// <param name="pattern">The word.</param>
    /// <param name="error">Makes the error of what is wrong, a sentence without a full stop.</param>
    /// <exception cref="KubePrepException">What <paramref name="error"/> makes.</exception>
    public static (IReadOnlyList<string> Names, string? Port) Parse(string pattern, Func<string, KubePrepException> error)
    {
        var fault = pattern.Length == 0 ? "the name of the host is empty"
            : pattern.Length > MaximumLength ? $"the name of the host is longer than {MaximumLength} characters"
            : PlainText.Fault(pattern) is { } why ? $"the name of the host cannot be used: {why}"
            : null;
        if (fault is not null)
        {
            throw error(fault);
        }

        var (name, port) = SplitPort(pattern);
        if (!IsHost(name))
        {
            // to Ansible, what it does not know has no port
            (name, port) = (pattern, null);
        }

        return port is null && pattern.EndsWith(':')
            ? throw error($"the host '{pattern}' ends with a colon, and no port follows")
            : (Expand(name, error), port);
    }

    private static (string Name, string? Port) SplitPort(string pattern)
    {
        string? port = null;
        foreach (var form in (ReadOnlySpan<Regex>)[BracketsAndPort, NameAndPort])
        {
            if (form.Match(pattern) is { Success: true } match)
            {
                (pattern, port) = (match.Groups["name"].Value, match.Groups["port"].Value);
            }
        }

        return (pattern, port);
    }

    /// <summary>Whether the name is one, or an address, once its ranges are counted.</summary>
    private static bool IsHost(string name) =>
        HostName.IsMatch(NameRange.Replace(name, "0"))
        || (IPAddress.TryParse(HexadecimalRange.Replace(name, "0"), out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
            && !name.StartsWith("[:", StringComparison.Ordinal));

    private static List<string> Expand(string pattern, Func<string, KubePrepException> error)
    {
        List<string> heads = [""];
        var rest = pattern;
        while (rest.IndexOf('[', StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = rest.IndexOf(']', StringComparison.Ordinal);
            if (close < open)
            {
                throw error($"a bracket of '{pattern}' has no other");
            }

            var text = rest[..open];
            var items = Items(
                rest[(open + 1)..close],
                MaximumHosts / heads.Count,
                why => error($"'{rest[open..(close + 1)]}' in '{pattern}' is no range: {why}"));
            heads = [.. from head in heads from item in items select $"{head}{text}{item}"];
            rest = rest[(close + 1)..];
        }

        return [.. heads.Select(head => head + rest)];
    }

    private static List<string> Items(string range, int maximum, Func<string, KubePrepException> error)
    {
        var parts = range.Split(':');
        if (parts.Length is not (2 or 3) || parts[1].Length == 0)
        {
            throw error("it is not FIRST:LAST or FIRST:LAST:STEP");
        }

        var (first, last) = (parts[0].Length == 0 ? "0" : parts[0], parts[1]);
        var step = parts.Length == 2 ? 1 : Number(parts[2]);
        var areLetters = Letter(first) >= 0 && Letter(last) >= 0;
        var from = areLetters ? Letter(first) : Number(first);
        var to = areLetters ? Letter(last) : Number(last);
        var isFilled = first[0] == '0' && first.Length > 1;
        var fault = step is null or 0 ? "its step is no whole number above 0"
            : from is null || to is null ? "its ends are neither two numbers nor two letters"
            : from > to ? "its end is before its beginning"
            : isFilled && first.Length != last.Length ? "its first number has leading zeros, and its last one is of another length"
            : ((to - from) / step) + 1 > maximum ? $"the inventory would have more than {MaximumHosts} hosts"
            : null;
        if (fault is not null)
        {
            throw error(fault);
        }

        var items = new List<string>();
        for (var i = from!.Value; i <= to!.Value; i += step!.Value)
        {
            items.Add(areLetters ? $"{Letters[(int)i]}" : i.ToString(isFilled ? $"D{first.Length}" : "D", CultureInfo.InvariantCulture));
        }

        return items;
    }

    private static int Letter(string text) => text.Length == 1 ? Letters.IndexOf(text[0], StringComparison.Ordinal) : -1;

    private static long? Number(string text) =>
        text.Length <= 18 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^\[(?<name>.+)\]:(?<port>[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex BracketsAndPort { get; }

    [GeneratedRegex(@"^(?<name>([^][:]|\[[^]]*\])*):(?<port>[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameAndPort { get; }

    [GeneratedRegex(@"\[([0-9]+:[0-9]+|[a-zA-Z]:[a-zA-Z])(:[0-9]+)?\]", RegexOptions.CultureInvariant)]
    private static partial Regex NameRange { get; }

    [GeneratedRegex(@"\[[0-9a-fA-F]+:[0-9a-fA-F]+(:[0-9]+)?\]", RegexOptions.CultureInvariant)]
    private static partial Regex HexadecimalRange { get; }

    [GeneratedRegex(@"^\w[\w-]*(?<![_-])(\.\w[\w-]*(?<![_-]))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName { get; }
}
