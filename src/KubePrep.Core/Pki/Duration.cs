using System.Buffers;
using System.Globalization;

namespace KubePrep.Pki;

/// <summary>
/// Durations as text: one or more numbers with units. <c>h</c>, <c>m</c> and <c>s</c> are Go's (time.ParseDuration), which cfssl's
/// documents are written with; <c>d</c> is 24 hours, <c>w</c> 7 days, <c>y</c> 365 days.
/// </summary>
internal static class Duration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Reads a duration; null if it cannot be read or is longer than <see cref="TimeSpan"/> holds. There are no negative ones.</summary>
    public static TimeSpan? Parse(ReadOnlySpan<char> text)
    {
        var seconds = 0m;
        do
        {
            var digits = text.IndexOfAnyExcept(NumberCharacters);
            if (digits is <= 0 or > 12
                || !decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || SecondsIn(text[digits]) is not { } unit)
            {
                return null;
            }

            seconds += number * unit;
            text = text[(digits + 1)..];
        }
        while (!text.IsEmpty);

        return seconds < (decimal)TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds((long)seconds) : null;
    }

    /// <summary>Hours, minutes and seconds, as Go reads them: <c>8760h</c>, <c>1h30m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        return $"{Part((long)duration.TotalHours, 'h')}{Part(duration.Minutes, 'm')}{Part(duration.Seconds, 's')}";

        static string Part(long count, char unit) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }

    private static int? SecondsIn(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        'w' => 7 * 86_400,
        'y' => 365 * 86_400,
        _ => null,
    };
}
