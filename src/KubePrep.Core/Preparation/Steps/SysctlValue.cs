using System.Globalization;

namespace KubePrep.Preparation.Steps;

/// <summary>Values of kernel parameters, which are one or more words.</summary>
internal static class SysctlValue
{
    /// <summary>The value with one blank between its words, as the kernel separates them by tabs.</summary>
    public static string Normalized(string value) => string.Join(' ', Words(value));

    /// <summary>
    /// The higher of two values, number by number; the second where they cannot be compared: one is no row of integers, or they are of
    /// different lengths.
    /// </summary>
    public static string Highest(string value, string minimum)
    {
        var (words, minimums) = (Words(value), Words(minimum));
        return words.Length != minimums.Length || !words.All(IsNumber) || !minimums.All(IsNumber)
            ? Normalized(minimum)
            : string.Join(' ', words.Zip(minimums, (word, least) => Number(word) > Number(least) ? word : least));
    }

    private static string[] Words(string value) => value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNumber(string word) => Int128.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static Int128 Number(string word) => Int128.Parse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
