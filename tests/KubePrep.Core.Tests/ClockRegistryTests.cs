using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.Preparation;
using static KubePrep.Core.Tests.TimeSamples;

namespace KubePrep.Core.Tests;

/// <summary>Clocks of nodes that come one by one.</summary>
public sealed class ClockRegistryTests
{
    [Fact]
    public void The_later_of_two_is_at_fault()
    {
        var clocks = new ClockRegistry();
        Assert.Empty(clocks.Compare(Master("a", 0)).Faults);
        var later = clocks.Compare(Master("b", 5));
        Assert.StartsWith("The clock of b is 5.000 s ahead of that of a", Assert.Single(later.Faults), StringComparison.Ordinal);
        Assert.Empty(later.Warnings);
    }

    [Fact]
    public void One_that_follows_UTC_is_not_at_fault_where_the_earlier_does_not()
    {
        var clocks = new ClockRegistry();
        clocks.Compare(Master("a", 5));
        clocks.Compare(Master("b", 5.1));
        var later = clocks.Compare(Following("c", 0));
        Assert.Empty(later.Faults);
        Assert.Equal(2, later.Warnings.Count);
        Assert.EndsWith("; it is likely the clock of a that is wrong", later.Warnings[0], StringComparison.Ordinal);
        Assert.Single(clocks.Compare(Following("d", 5)).Faults);
        Assert.Single(clocks.Compare(Master("e", 5)).Faults);
    }

    [Fact]
    public void A_clock_that_is_not_known_is_at_odds_with_none()
    {
        var clocks = new ClockRegistry();
        clocks.Compare(Master("a", 0));
        var unknown = clocks.Compare(Master("b", 5).WithTime(time => time with { Clock = null }));
        Assert.Empty(unknown.Faults.Concat(unknown.Warnings));
        Assert.Empty(clocks.Compare(Master("c", 0)).Faults);
    }

    private static NodeFacts Master(string name, double offset) => Named(Qemu, name, offset);

    private static NodeFacts Following(string name, double offset) => Named(Qemu.WithChrony(ChronyClient), name, offset);

    private static NodeFacts Named(NodeFacts facts, string name, double offset) =>
        (facts with { Node = new Node(name) { Role = NodeRole.ControlPlane } }).WithTime(time => time with { Clock = Reading(true, offset) });
}
