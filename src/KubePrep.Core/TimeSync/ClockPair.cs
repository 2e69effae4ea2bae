namespace KubePrep.TimeSync;

/// <summary>Two control-plane or etcd nodes whose clocks surely differ by more than such nodes bear.</summary>
/// <param name="Ahead">The one whose clock is ahead.</param>
/// <param name="Behind">The other.</param>
/// <param name="Difference">By how much.</param>
internal sealed record ClockPair(ComparedClock Ahead, ComparedClock Behind, ClockInterval Difference)
{
    /// <summary>The pair, if both nodes are such nodes, and differ so; else null.</summary>
    public static ClockPair? Of(ComparedClock first, ComparedClock second)
    {
        if (!first.IsStrict || !second.IsStrict || first.Clock is null || second.Clock is null)
        {
            return null;
        }

        var difference = ClockInterval.Of(first.Clock) - ClockInterval.Of(second.Clock);
        return !difference.IsBeyond(ClockComparison.StrictLimit) ? null
            : difference.Lower > TimeSpan.Zero ? new ClockPair(first, second, difference)
            : new ClockPair(second, first, new ClockInterval(-difference.Upper, -difference.Lower));
    }

    /// <summary>
    /// Which of both is to blame: the one that is surely farther from the median of all such nodes, else both. One that follows what leads
    /// to UTC is not, where the other does not.
    /// </summary>
    /// <param name="median">Twice that median, in ticks.</param>
    public IEnumerable<ComparedClock> Blamed(long median)
    {
        if (Ahead.IsTrusted != Behind.IsTrusted)
        {
            return [Ahead.IsTrusted ? Behind : Ahead];
        }

        var (ahead, behind) = (Distance(Ahead, median), Distance(Behind, median));
        var uncertainty = 2 * (Ahead.Clock!.ErrorBound + Behind.Clock!.ErrorBound).Ticks;
        return Math.Abs(ahead - behind) <= uncertainty ? [Ahead, Behind] : [ahead > behind ? Ahead : Behind];
    }

    /// <summary>The fault, as a sentence without a full stop.</summary>
    public override string ToString() =>
        $"The clock of {Ahead.Node} is {Difference.Against($"that of {Behind.Node}")}: "
        + $"control-plane and etcd nodes bear no more than {ClockText.Length(ClockComparison.StrictLimit)}";

    private static long Distance(ComparedClock clock, long median) => Math.Abs((2 * clock.Clock!.Offset.Ticks) - median);
}
