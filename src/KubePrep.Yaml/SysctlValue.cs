using System.Text.RegularExpressions;

namespace KubePrep.Yaml;

/// <summary>
/// Values of kernel parameters. The kernel answers with plain decimal numbers, and blanks of its own between them, so a value that is
/// written otherwise would never be found to be set.
/// </summary>
internal static partial class SysctlValue
{
    private const int MaximumLength = 1000;

    /// <summary>Why a value cannot be used, or null if it can.</summary>
    /// <param name="text">The value.</param>
    /// <param name="isQuoted">Whether it was quoted, and so is a text, whatever it looks like.</param>
    /// <param name="value">The value with one space wherever it has blanks.</param>
    public static string? Fault(string text, bool isQuoted, out string value)
    {
        value = string.Join(' ', text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return value.Length == 0 ? "is empty"
            : value.Length > MaximumLength ? $"is longer than {MaximumLength} characters"
            : !Printable.IsMatch(value) ? "is not printable ASCII on one line without quotes, '$', '`' and '\\'"
            : isQuoted ? null
            : value.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" ? "is a boolean, and the kernel's are 1 and 0"
            : value.Split(' ').Any(OtherNumber.IsMatch) ? "has a number that the kernel would give back otherwise; write plain decimal"
            : null;
    }

    /// <summary>The value of a minimum, which has to be a whole number, or null if it is none.</summary>
    public static string? ParseMinimum(string text) => Minimum.IsMatch(text) ? text : null;

    // what a shell reads inside double quotes is left out, for no parameter needs it
    [GeneratedRegex(@"^[ -~-[""$'`\\]]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Printable { get; }

    [GeneratedRegex(
        @"^[-+]?(0[0-9xXbBoO][0-9a-fA-F_]*|[0-9]+_[0-9_]*|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+)\z|^\+[0-9]",
        RegexOptions.CultureInvariant)]
    private static partial Regex OtherNumber { get; }

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,17})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Minimum { get; }
}
