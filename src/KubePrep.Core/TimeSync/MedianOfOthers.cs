namespace KubePrep.TimeSync;

/// <summary>
/// For each of some clocks the median of all others. The true median is between the median of the lower bounds and that of the upper ones,
/// as raising any clock never lowers it.
/// </summary>
internal sealed class MedianOfOthers
{
    private readonly long[] _lower;
    private readonly long[] _upper;

    /// <summary>Sorts the clocks once for all.</summary>
    public MedianOfOthers(IReadOnlyCollection<ClockInterval> clocks)
    {
        _lower = [.. clocks.Select(clock => clock.Lower.Ticks).Order()];
        _upper = [.. clocks.Select(clock => clock.Upper.Ticks).Order()];
    }

    /// <summary>The median of all but one of them; null if there is no other.</summary>
    public ClockInterval? Without(ClockInterval clock)
    {
        if (_lower.Length < 2)
        {
            return null;
        }

        // of an even number it is the mean of two: half a tick is rounded so that the interval grows
        var lower = SumOfMiddle(_lower, clock.Lower.Ticks);
        var upper = SumOfMiddle(_upper, clock.Upper.Ticks);
        return new ClockInterval(TimeSpan.FromTicks(lower >> 1), TimeSpan.FromTicks((upper + 1) >> 1));
    }

    /// <summary>Twice the median of sorted values without one of them.</summary>
    private static long SumOfMiddle(long[] sorted, long without)
    {
        var removed = Array.BinarySearch(sorted, without);
        var count = sorted.Length - 1;
        return At((count - 1) / 2) + At(count / 2);

        long At(int index) => sorted[index < removed ? index : index + 1];
    }
}
