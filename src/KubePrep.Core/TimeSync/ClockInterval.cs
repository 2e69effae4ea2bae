using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Between which bounds a difference of two clocks surely is.</summary>
/// <param name="Lower">The least that it can be.</param>
/// <param name="Upper">The most that it can be.</param>
internal readonly record struct ClockInterval(TimeSpan Lower, TimeSpan Upper)
{
    /// <summary>The middle.</summary>
    public TimeSpan Offset => Lower + TimeSpan.FromTicks((Upper - Lower).Ticks / 2);

    /// <summary>By how much the true difference can differ from the middle.</summary>
    public TimeSpan ErrorBound => Upper - Offset;

    /// <summary>A node's clock, as it was compared with that of this machine.</summary>
    public static ClockInterval Of(ClockReading clock) => new(clock.Offset - clock.ErrorBound, clock.Offset + clock.ErrorBound);

    /// <summary>The difference of two differences from a third clock.</summary>
    public static ClockInterval operator -(ClockInterval left, ClockInterval right) =>
        new(left.Lower - right.Upper, left.Upper - right.Lower);

    /// <summary>Whether the difference is surely greater than a limit, in either direction.</summary>
    public bool IsBeyond(TimeSpan limit) => Lower > limit || Upper < -limit;

    /// <summary>In words: <c>0.700 s ahead of the median of the other nodes' (±0.002 s)</c>.</summary>
    /// <param name="other">What it is ahead of or behind.</param>
    public string Against(string other)
    {
        var direction = Offset < TimeSpan.Zero ? "behind" : "ahead of";
        return $"{ClockText.Length(Offset)} {direction} {other} ({ClockText.Bound(ErrorBound)})";
    }
}
