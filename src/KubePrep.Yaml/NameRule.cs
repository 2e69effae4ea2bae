using System.Text.RegularExpressions;

namespace KubePrep.Yaml;

/// <summary>What the names in a profile's lists are. All of them reach commands that root runs, so nothing else gets through.</summary>
/// <param name="Kind">What a name is the name of.</param>
/// <param name="Description">What it may be made of.</param>
/// <param name="Parse">The name in the one form that is compared, or null if it is none.</param>
internal sealed partial record NameRule(string Kind, string Description, Func<string, string?> Parse)
{
    private const int MaximumLength = 200;

    /// <summary>
    /// Debian's packages (Debian Policy, 5.6.1). One that ended with a hyphen would be removed: apt-get(8) reads <c>name-</c> so.
    /// </summary>
    public static NameRule Package { get; } = new(
        "package",
        "lower-case letters, digits, '+', '-' and '.', at least two, a letter or digit first and no '-' last",
        text => text.Length <= MaximumLength && PackageForm.IsMatch(text) ? text : null);

    /// <summary>Kernel modules, for which a hyphen and an underscore are one (modprobe(8)); /proc/modules has underscores.</summary>
    public static NameRule Module { get; } = new(
        "kernel module",
        "letters, digits, '_' and '-', and no '-' first",
        text => text.Length <= MaximumLength && ModuleForm.IsMatch(text) ? text.Replace('-', '_') : null);

    /// <summary>
    /// Kernel parameters, with dots. With slashes, as in a path below /proc/sys, a dot is a dot; with dots, a slash stands for one that is
    /// part of a name, as an interface's may be (sysctl.d(5)).
    /// </summary>
    public static NameRule Parameter { get; } = new(
        "kernel parameter",
        "such as net.ipv4.ip_forward or net/ipv4/ip_forward: at least two words of letters, digits, '_' and '-'",
        ParseParameter);

    private static string? ParseParameter(string text)
    {
        var key = text.IndexOfAny(['.', '/']) is >= 0 and var first && text[first] == '/'
            ? string.Concat(text.Select(c => c switch { '.' => '/', '/' => '.', _ => c }))
            : text;
        return key.Length <= MaximumLength && ParameterForm.IsMatch(key) ? key : null;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9+.-]*[a-z0-9+.]\z", RegexOptions.CultureInvariant)]
    private static partial Regex PackageForm { get; }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ModuleForm { get; }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterForm { get; }
}
