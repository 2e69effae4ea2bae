using System.Globalization;

namespace KubePrep.Facts;

/// <summary>Numbers in what time daemons say, of which those out of range are left out.</summary>
internal static class NtpNumber
{
    private const int MaximumStratum = 15;
    private const int MaximumReach = 255;

    /// <summary>A number without a sign, or null.</summary>
    public static int? Of(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A stratum that a synchronized clock can have, or null.</summary>
    public static int? Stratum(string text) => Of(text) is >= 1 and <= MaximumStratum and var stratum ? stratum : null;

    /// <summary>What three octal digits or fewer say about the last eight polls; 0 if they are something else.</summary>
    public static int Reach(string octal) =>
        octal.Length is > 0 and <= 3 && octal.All(c => c is >= '0' and <= '7')
        && octal.Aggregate(0, (reach, digit) => (reach << 3) | (digit - '0')) is <= MaximumReach and var polls ? polls : 0;
}
