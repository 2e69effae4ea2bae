using FsCheck;
using FsCheck.Fluent;
using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.TimeSync;

namespace KubePrep.Core.Tests;

/// <summary>Clocks of a run's nodes, compared with each other and with this machine's.</summary>
public sealed class ClockComparisonTests
{
    private const NodeRole ControlPlane = NodeRole.ControlPlane;
    private const NodeRole Etcd = NodeRole.Etcd;
    private const NodeRole Worker = NodeRole.Worker;

    [Fact]
    public void A_clock_is_compared_with_the_median_of_the_others()
    {
        var findings = ClockComparison.Of([Clock("a", 0.1), Clock("b", 0.2), Clock("c", 0.4), Clock("d", 0.3)]);
        Assert.Equal([-0.2, -0.1, 0.2, 0.1], findings.Select(finding => Math.Round(finding.OffsetFromMedian!.Value.TotalSeconds, 6)));
        Assert.All(findings, finding => Assert.Equal(0.002, finding.MedianErrorBound!.Value.TotalSeconds, 6));
        Assert.All(findings, AssertFine);
    }

    [Fact]
    public void A_node_alone_has_no_median()
    {
        var finding = ClockComparison.Of([Clock("a", 0.1), new ComparedClock(new Node("b"), null, null)]);
        Assert.Null(finding[0].OffsetFromMedian);
        Assert.Null(finding[0].MedianErrorBound);
        Assert.Equal([], finding[1].Warnings.Concat(finding[1].Faults));
        Assert.Null(finding[1].OffsetFromMedian);
        Assert.Empty(ClockComparison.Of([]));
    }

    [Theory]
    [InlineData(0.5, 0.001, "")]
    [InlineData(0.501, 0.001, "")]
    [InlineData(0.7, 0.002, "Its clock is 0.700 s ahead of this machine's (±0.002 s)")]
    [InlineData(-0.7, 0.002, "Its clock is 0.700 s behind this machine's (±0.002 s)")]
    [InlineData(30, 0.001, "Its clock is 30.0 s ahead of this machine's (±0.001 s)")]
    public void Half_a_second_from_this_machine_is_worth_a_warning(double offset, double errorBound, string warning)
    {
        var finding = Assert.Single(ClockComparison.Of([Clock("a", offset, errorBound)]));
        Assert.Equal(warning.Length == 0 ? [] : [warning], finding.Warnings);
        Assert.Empty(finding.Faults);
    }

    [Fact]
    public void Half_a_second_from_the_other_nodes_is_worth_a_warning()
    {
        var findings = ClockComparison.Of([Clock("a", 0.45), Clock("b", -0.2), Clock("c", -0.2)]);
        Assert.Equal(["Its clock is 0.650 s ahead of the median of the other nodes' (±0.002 s)"], findings[0].Warnings);
        Assert.Empty(findings[0].Faults);
        AssertFine(findings[1]);
    }

    [Theory]
    [InlineData(90.5, "The clock of a is 90.5 s ahead of this machine's (±0.001 s): no node bears more than 30.0 s")]
    [InlineData(-30.1, "The clock of a is 30.1 s behind this machine's (±0.001 s): no node bears more than 30.0 s")]
    public void Half_a_minute_from_this_machine_is_a_fault(double offset, string fault)
    {
        var finding = Assert.Single(ClockComparison.Of([Clock("a", offset)]));
        Assert.Equal([fault], finding.Faults);
        Assert.Empty(finding.Warnings);
    }

    [Fact]
    public void Half_a_minute_from_the_other_nodes_is_a_fault()
    {
        var findings = ClockComparison.Of([Clock("a", 20), Clock("b", -20), Clock("c", -20)]);
        Assert.Equal(
            ["The clock of a is 40.0 s ahead of the median of the other nodes' (±0.002 s): no node bears more than 30.0 s"], findings[0].Faults);
        Assert.Empty(findings[1].Faults);
    }

    [Fact]
    public void A_node_that_agrees_with_this_machine_is_not_to_blame_for_others()
    {
        var findings = ClockComparison.Of([Clock("a", 0), Clock("b", 90), Clock("c", 90)]);
        Assert.Empty(findings[0].Faults);
        Assert.Equal(["Its clock is 90.0 s behind the median of the other nodes' (±0.002 s)"], findings[0].Warnings);
        Assert.NotEmpty(findings[1].Faults);
        Assert.NotEmpty(findings[2].Faults);
    }

    [Fact]
    public void Where_most_others_follow_UTC_agreeing_with_this_machine_is_no_excuse()
    {
        var findings = ClockComparison.Of([Clock("a", 0), Trusted("b", 90), Trusted("c", 90)]);
        Assert.Contains("90.0 s behind the median of the other nodes'", Assert.Single(findings[0].Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_that_follow_UTC_and_agree_tell_that_this_machines_clock_is_wrong()
    {
        var findings = ClockComparison.Of([Trusted("a", 90.0), Trusted("b", 90.1), Trusted("c", 90.2)]);
        Assert.All(findings, finding => Assert.Empty(finding.Faults));
        Assert.Equal(
            ["Its clock is 90.0 s ahead of this machine's (±0.001 s), but follows what leads to UTC, and the other nodes agree with it within "
                + "1.000 s: it is likely this machine's clock that is wrong"],
            findings[0].Warnings);
    }

    [Fact]
    public void So_does_a_single_one()
    {
        var finding = Assert.Single(ClockComparison.Of([Trusted("a", -90)]));
        Assert.Empty(finding.Faults);
        Assert.Equal(
            ["Its clock is 90.0 s behind this machine's (±0.001 s), but follows what leads to UTC: it is likely this machine's clock that is wrong"],
            finding.Warnings);
    }

    [Fact]
    public void One_that_the_others_disagree_with_is_at_fault()
    {
        var findings = ClockComparison.Of([Trusted("a", 90), Clock("b", 0), Clock("c", 0)]);
        Assert.Equal(2, findings[0].Faults.Count);
        Assert.Empty(findings[1].Faults);
        Assert.Empty(findings[2].Faults);
    }

    [Fact]
    public void What_follows_a_local_clock_is_not_believed()
    {
        var judgement = new Judgement(TimeSyncVerdict.Synchronized, "10.0.0.1", false, "", "");
        Assert.NotEmpty(ClockComparison.Of([Clock("a", 90) with { Judgement = judgement }])[0].Faults);
    }

    [Fact]
    public void A_slow_connection_is_said_to_be_one()
    {
        var finding = Assert.Single(ClockComparison.Of([Clock("a", 0.9, 0.6)]));
        Assert.Equal(["Its clock could only be measured to ±0.600 s, as the answers took so long"], finding.Warnings);
        Assert.Empty(finding.Faults);
    }

    [Theory]
    [InlineData(ControlPlane, Etcd, 1.2, true)]
    [InlineData(Etcd, Etcd, -1.2, true)]
    [InlineData(ControlPlane | Worker, Etcd | Worker, 1.003, true)]
    [InlineData(ControlPlane, Etcd, 1.002, false)] // each is known to within 1 ms
    [InlineData(ControlPlane, Worker, 20, false)]
    [InlineData(Worker, Worker, 20, false)]
    [InlineData(NodeRole.None, Etcd, 20, false)]
    public void A_second_between_control_plane_or_etcd_nodes_is_a_fault(NodeRole first, NodeRole second, double offset, bool isFault)
    {
        var fault = ClockComparison.Between(Clock("a", 0, role: first), Clock("b", offset, role: second))?.ToString();
        Assert.Equal(isFault, fault is not null);
        Assert.Equal(fault, ClockComparison.Between(Clock("b", offset, role: second), Clock("a", 0, role: first))?.ToString());
        if (fault is not null)
        {
            var (ahead, behind) = offset > 0 ? ("b", "a") : ("a", "b");
            Assert.Equal(
                $"The clock of {ahead} is {ClockText.Length(TimeSpan.FromSeconds(offset))} ahead of that of {behind} (±0.002 s): "
                + "control-plane and etcd nodes bear no more than 1.000 s",
                fault);
        }
    }

    [Fact]
    public void Two_without_a_comparison_have_no_fault() =>
        Assert.Null(ClockComparison.Between(new ComparedClock(new Node("a") { Role = Etcd }, null, null), Clock("b", 90, role: Etcd)));

    [Fact]
    public void The_one_that_is_farther_from_the_rest_is_to_blame()
    {
        var findings = ClockComparison.Of([Clock("a", 0, role: Etcd), Clock("b", 0.01, role: Etcd), Clock("c", 1.5, role: ControlPlane)]);
        Assert.Empty(findings[0].Faults);
        Assert.Empty(findings[1].Faults);
        Assert.Equal(
            ["The clock of c is 1.500 s ahead of that of a (±0.002 s): control-plane and etcd nodes bear no more than 1.000 s; so it is with b"],
            findings[2].Faults);
    }

    [Fact]
    public void On_a_tie_both_are_to_blame()
    {
        var findings = ClockComparison.Of([Clock("a", 0, role: Etcd), Clock("b", 1.5, role: Etcd)]);
        Assert.Single(findings[0].Faults);
        Assert.Equal(findings[0].Faults, findings[1].Faults);
    }

    [Fact]
    public void One_that_follows_UTC_is_not_to_blame_where_the_other_does_not()
    {
        var findings = ClockComparison.Of([Clock("a", 0, role: Etcd), Trusted("b", 1.5, Etcd), Clock("c", 0, role: Etcd)]);
        Assert.Single(findings[0].Faults);
        Assert.Empty(findings[1].Faults);
        Assert.Single(findings[2].Faults);
    }

    [Fact]
    public void Containers_of_one_host_share_a_clock()
    {
        var findings = ClockComparison.Of([.. Enumerable.Range(0, 5).Select(i => Clock($"n{i}", 0.0001 * i, 0.01, Etcd))]);
        Assert.All(findings, AssertFine);
    }

    [Fact]
    public void The_same_node_twice_is_two_nodes()
    {
        var clock = Clock("a", 90, role: Etcd);
        Assert.Equal(2, ClockComparison.Of([clock, clock]).Count(finding => finding.Faults.Count > 0));
    }

    [Fact]
    public void The_true_difference_is_always_within_the_bound() => Property.Holds(Measured, clocks =>
    {
        var findings = ClockComparison.Of([.. clocks.Select(clock => clock.Compared)]);
        for (var i = 0; i < clocks.Length; i++)
        {
            long[] others = [.. clocks.Where((_, j) => j != i).Select(clock => clock.True).Order()];
            if (others.Length == 0)
            {
                Assert.Null(findings[i].OffsetFromMedian);
                continue;
            }

            var median = others[(others.Length - 1) / 2] + others[others.Length / 2]; // twice it
            var error = (2 * clocks[i].True) - median - (2 * findings[i].OffsetFromMedian!.Value.Ticks);
            Assert.True(Math.Abs(error) <= 2 * findings[i].MedianErrorBound!.Value.Ticks, $"off by {error} half ticks");
            Assert.True(findings[i].MedianErrorBound <= clocks.Max(clock => clock.Compared.Clock!.ErrorBound) * 2 + TimeSpan.FromTicks(2));
        }
    }, 500);

    [Fact]
    public void A_limit_counts_only_where_the_true_difference_is_beyond_it() => Property.Holds(Measured, clocks =>
    {
        var findings = ClockComparison.Of([.. clocks.Select(clock => clock.Compared)]);
        foreach (var (clock, finding) in clocks.Zip(findings))
        {
            if (finding.Warnings.Any(warning => warning.Contains("this machine's", StringComparison.Ordinal)))
            {
                Assert.True(Math.Abs(clock.True) > ClockComparison.WarningLimit.Ticks);
            }

            if (finding.Faults.Any(fault => fault.Contains("etcd nodes bear", StringComparison.Ordinal)))
            {
                Assert.Contains(
                    clocks, other => other.Compared.IsStrict && Math.Abs(other.True - clock.True) > ClockComparison.StrictLimit.Ticks);
            }
        }
    }, 500);

    [Fact]
    public void No_pair_of_strict_nodes_beyond_the_limit_goes_without_blame() => Property.Holds(Measured, clocks =>
    {
        var compared = clocks.Select(clock => clock.Compared).ToList();
        var findings = ClockComparison.Of(compared);
        for (var i = 0; i < compared.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.True(
                    ClockComparison.Between(compared[i], compared[j]) is null
                    || findings[i].Faults.Concat(findings[j].Faults).Any(fault => fault.Contains("etcd nodes bear", StringComparison.Ordinal)));
            }
        }
    }, 500);

    [Fact]
    public void The_order_of_nodes_does_not_matter() => Property.Holds(
        from clocks in Measured
        from shuffled in Gen.Shuffle(clocks)
        select (clocks, shuffled),
        both =>
        {
            var findings = Of(both.clocks);
            foreach (var (clock, finding) in Of(both.shuffled))
            {
                Assert.Equal(Show(findings[clock]), Show(finding));
            }
        }, 300);

    [Fact]
    public void Clocks_that_are_all_shifted_do_not_differ_more_from_each_other() => Property.Holds(
        from clocks in Measured
        from shift in Gen.Choose(-100_000, 100_000)
        select (clocks, Shift: TimeSpan.FromMilliseconds(shift)),
        sample =>
        {
            var before = ClockComparison.Of([.. sample.clocks.Select(clock => clock.Compared)]);
            var after = ClockComparison.Of([.. sample.clocks.Select(clock => clock.Compared with
            {
                Clock = clock.Compared.Clock! with { Offset = clock.Compared.Clock.Offset + sample.Shift },
            })]);
            Assert.Equal(before.Select(finding => finding.OffsetFromMedian), after.Select(finding => finding.OffsetFromMedian));
            Assert.Equal(before.Select(finding => finding.MedianErrorBound), after.Select(finding => finding.MedianErrorBound));
            Assert.Equal(Pairwise(before), Pairwise(after));
        }, 300);

    /// <summary>Clocks with their true offsets, measured with errors within their bounds.</summary>
    private static Gen<Sample[]> Measured { get; } =
        (from spread in Gen.Elements(1_000, 10_000_000, 40_000_000, 800_000_000)
         from offset in Gen.Choose(-spread, spread)
         from bound in Gen.Elements(0, 7, 10_001, 3_000_000, 9_000_000)
         from error in Gen.Choose(-bound, bound)
         from role in Gen.Elements(NodeRole.None, Worker, ControlPlane, Etcd, ControlPlane | Etcd)
         from isTrusted in Gen.Elements(false, true)
         select new Sample(
             offset,
             Clock("n", 0, role: role) with
             {
                 Clock = new ClockReading(TimeSpan.FromTicks(offset + error), TimeSpan.FromTicks(bound), isTrusted),
                 Judgement = isTrusted ? Good : null,
             }))
        .ArrayOf().Select(samples => samples
            .Select((sample, i) => sample with { Compared = sample.Compared with { Node = Named(sample, i) } }).ToArray());

    private static Judgement Good { get; } = new(TimeSyncVerdict.Synchronized, "10.0.0.1", true, "", "");

    private static Node Named(Sample sample, int i) => new($"n{i}") { Role = sample.Compared.Node.Role };

    private static Dictionary<Sample, ClockFindings> Of(Sample[] clocks) => clocks
        .Zip(ClockComparison.Of([.. clocks.Select(clock => clock.Compared)]))
        .ToDictionary(pair => pair.First, pair => pair.Second);

    private static string Show(ClockFindings findings) =>
        string.Join('\n', [$"{findings.OffsetFromMedian} {findings.MedianErrorBound}", .. findings.Warnings, .. findings.Faults]);

    private static IEnumerable<string> Pairwise(IReadOnlyList<ClockFindings> findings) => findings.SelectMany(
        (finding, i) => finding.Faults.Where(fault => fault.Contains("etcd nodes bear", StringComparison.Ordinal)).Select(fault => $"{i} {fault}"));

    private static void AssertFine(ClockFindings findings) => Assert.Equal([], findings.Warnings.Concat(findings.Faults));

    private static ComparedClock Clock(string name, double offset, double errorBound = 0.001, NodeRole role = NodeRole.None) =>
        new(new Node(name) { Role = role }, TimeSamples.Reading(null, offset, errorBound), null);

    private static ComparedClock Trusted(string name, double offset, NodeRole role = NodeRole.None) =>
        Clock(name, offset, role: role) with { Judgement = Good };

    private sealed record Sample(long True, ComparedClock Compared);
}
