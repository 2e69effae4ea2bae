using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KubePrep.TimeSync;

/// <summary>Differences between clocks, in words that are the same everywhere.</summary>
internal static class ClockText
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>How far a clock is off, in a sentence: <c>0.700 s ahead</c>, <c>90.5 s behind</c>, or <c>0.000 s</c>.</summary>
    public static string Offset(TimeSpan offset) =>
        IsZero(offset) ? Length(offset) : $"{Length(offset)} {(offset > TimeSpan.Zero ? "ahead" : "behind")}";

    /// <summary>The same in a table: <c>+0.700 s</c>, <c>-90.5 s</c>, <c>0.000 s</c>, or null if it is not known.</summary>
    [return: NotNullIfNotNull(nameof(offset))]
    public static string? Signed(TimeSpan? offset) =>
        offset is not { } known ? null : IsZero(known) ? Length(known) : $"{(known > TimeSpan.Zero ? '+' : '-')}{Length(known)}";

    /// <summary>How exactly it was measured, in milliseconds that are rounded up: <c>±0.002 s</c>; null if it is not known.</summary>
    [return: NotNullIfNotNull(nameof(bound))]
    public static string? Bound(TimeSpan? bound) =>
        bound is not { } known ? null : $"±{Length(known < TimeSpan.FromSeconds(9.999) ? RoundedUp(known) : known)}";

    /// <summary>How long a time is, whichever its sign: <c>0.700 s</c>, <c>90.5 s</c>, <c>3.5 h</c>, <c>730.0 days</c>.</summary>
    public static string Length(TimeSpan time)
    {
        var length = time.Duration();
        return length.TotalSeconds < 9.9995 ? Text(length.TotalSeconds, "F3", "s")
            : length.TotalHours < 2 ? Text(length.TotalSeconds, "F1", "s")
            : length.TotalHours < 48 ? Text(length.TotalHours, "F1", "h")
            : Text(length.TotalDays, "F1", "days");
    }

    private static bool IsZero(TimeSpan offset) => Math.Abs(offset.TotalMilliseconds) < 0.5;

    private static TimeSpan RoundedUp(TimeSpan bound) => Millisecond * Math.Ceiling(bound / Millisecond);

    private static string Text(double value, string format, string unit) =>
        $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}
