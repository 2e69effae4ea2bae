namespace KubePrep.TimeSync;

/// <summary>
/// Compares the clocks of a run's nodes with each other and with that of this machine. A limit counts as passed only where it surely is,
/// whatever the error of the measurement.
/// </summary>
internal static class ClockComparison
{
    /// <summary>Beyond this, from this machine or from the other nodes' median, a warning.</summary>
    public static readonly TimeSpan WarningLimit = TimeSpan.FromSeconds(0.5);

    /// <summary>Beyond this, between two control-plane or etcd nodes, a fault.</summary>
    public static readonly TimeSpan StrictLimit = TimeSpan.FromSeconds(1);

    /// <summary>Beyond this, from this machine or from the other nodes' median, a fault.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Within this, a clock agrees with another.</summary>
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(1);

    /// <summary>Compares all nodes of a run.</summary>
    /// <param name="clocks">The nodes; each is compared with those of the others whose clock is known.</param>
    /// <returns>What came of it, in the same order.</returns>
    public static IReadOnlyList<ClockFindings> Of(IReadOnlyList<ComparedClock> clocks)
    {
        var measured = clocks.Where(clock => clock.Clock is not null).ToList();
        var medians = new MedianOfOthers([.. measured.Select(clock => ClockInterval.Of(clock.Clock!))]);
        var trusted = measured.Count(clock => clock.IsTrusted);
        var pairs = PairsByBlamed(measured);
        return [.. clocks.Select(clock =>
        {
            if (clock.Clock is null)
            {
                return new ClockFindings(null, null, [], []);
            }

            var others = new OtherClocks(
                medians.Without(ClockInterval.Of(clock.Clock)), 2 * (trusted - (clock.IsTrusted ? 1 : 0)) > measured.Count - 1);
            return Findings(clock, ClockInterval.Of(clock.Clock), others, [.. pairs[clock]]);
        }),];
    }

    /// <summary>Compares two nodes of a run, for those that come one by one.</summary>
    /// <returns>The pair where both are control-plane or etcd nodes and differ too much; else null.</returns>
    public static ClockPair? Between(ComparedClock first, ComparedClock second) => ClockPair.Of(first, second);

    private static ClockFindings Findings(ComparedClock clock, ClockInterval own, OtherClocks others, List<ClockPair> pairs)
    {
        List<string> warnings = [];
        var faults = Summary(clock, pairs);
        if (own.ErrorBound > WarningLimit)
        {
            warnings.Add($"Its clock could only be measured to {ClockText.Bound(own.ErrorBound)}, as the answers took so long");
        }

        var isFarFromController = own.IsBeyond(Limit);
        if (isFarFromController && clock.IsTrusted && others.AgreeWith(own, Agreement))
        {
            var witness = others.Median is null ? "" : $", and the other nodes agree with it within {ClockText.Length(Agreement)}";
            warnings.Add(
                $"Its clock is {own.Against("this machine's")}, but follows what leads to UTC{witness}: "
                + "it is likely this machine's clock that is wrong");
        }
        else
        {
            Sort(own, "this machine's", isFarFromController);
        }

        if (others.Median is not { } median)
        {
            return new ClockFindings(null, null, warnings, faults);
        }

        var fromMedian = own - median;
        Sort(
            fromMedian,
            "the median of the other nodes'",
            fromMedian.IsBeyond(Limit) && (own.IsBeyond(Agreement) || others.AreTrusted || !median.IsBeyond(Limit)));
        return new ClockFindings(fromMedian.Offset, fromMedian.ErrorBound, warnings, faults);

        void Sort(ClockInterval offset, string from, bool isFault)
        {
            if (isFault)
            {
                faults.Add($"The clock of {clock.Node} is {offset.Against(from)}: no node bears more than {ClockText.Length(Limit)}");
            }
            else if (offset.IsBeyond(WarningLimit))
            {
                warnings.Add($"Its clock is {offset.Against(from)}");
            }
        }
    }

    /// <summary>The pairs that a node is to blame for as one fault: the greatest difference, and who else differs.</summary>
    private static List<string> Summary(ComparedClock clock, List<ClockPair> pairs)
    {
        if (pairs.Count == 0)
        {
            return [];
        }

        var worst = pairs.MaxBy(pair => pair.Difference.Offset)!;
        var others = pairs.Where(pair => !ReferenceEquals(pair, worst))
            .Select(pair => ReferenceEquals(pair.Ahead, clock) ? pair.Behind : pair.Ahead);
        var also = Words.And(others.Select(other => other.Node.ToString()).Order(StringComparer.Ordinal));
        return [also.Length == 0 ? worst.ToString() : $"{worst}; so it is with {also}"];
    }

    private static ILookup<object, ClockPair> PairsByBlamed(List<ComparedClock> measured)
    {
        var strict = measured.Where(clock => clock.IsStrict).ToList();
        long[] offsets = [.. strict.Select(clock => clock.Clock!.Offset.Ticks).Order()];
        var median = offsets.Length == 0 ? 0 : offsets[(offsets.Length - 1) / 2] + offsets[offsets.Length / 2];
        return strict
            .SelectMany((first, index) => strict.Skip(index + 1).Select(second => ClockPair.Of(first, second)))
            .OfType<ClockPair>()
            .SelectMany(pair => pair.Blamed(median).Select(blamed => (blamed, pair)))
            .ToLookup(found => (object)found.blamed, found => found.pair, ReferenceEqualityComparer.Instance);
    }

    /// <summary>The clocks of all nodes but one.</summary>
    /// <param name="Median">Their median; null if there are none.</param>
    /// <param name="AreTrusted">Whether most of them follow what leads to UTC.</param>
    private sealed record OtherClocks(ClockInterval? Median, bool AreTrusted)
    {
        /// <summary>Whether none of them is known to differ by more from a clock.</summary>
        public bool AgreeWith(ClockInterval clock, TimeSpan limit) => Median is not { } median || !(clock - median).IsBeyond(limit);
    }
}
