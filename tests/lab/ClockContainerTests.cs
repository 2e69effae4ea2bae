namespace KubePrep.Lab.Tests;

/// <summary>A container has no clock of its own: it is its host's, and is left alone.</summary>
public sealed class ClockContainerTests(Lab lab, SharedNode shared) : IClassFixture<SharedNode>
{
    private FleetNode Node => shared.In(lab);

    [Fact]
    public void Its_clock_is_the_hosts_and_is_judged_by_what_that_says()
    {
        using var controller = new Controller(Node);
        var isKept = Clocks.IsHostSynchronized();

        var row = controller.Time([Node]).Expect(isKept ? 0 : 1).Of(Node);

        Assert.Equal(("Container", isKept ? "Synchronized" : "Impossible"), (row.Text("machine"), row.Verdict()));
        Assert.Contains("host", row.Text("reason"), StringComparison.Ordinal);
        Assert.InRange(row.Bound(), 0, 0.2);
        Assert.InRange(row.Offset(), -row.Bound(), row.Bound());
        Assert.Empty(row.RunningDaemons());
    }

    [Fact]
    public void To_synchronize_it_changes_nothing()
    {
        using var controller = new Controller(Node);
        var before = Node.TakeManifest();

        var row = controller.SyncTime([Node]).Expect(0).Of(Node);

        Assert.Equal((Clocks.IsHostSynchronized() ? "Compliant" : "HostOwned", 0), (row.Status(), row.Changes().Count));
        Assert.Contains("host", row.Clock().Text("reason"), StringComparison.Ordinal);
        Assert.Empty(Node.TakeManifest().WritesSince(before));
    }

    [Theory]
    [InlineData("--source", "ntp")]
    [InlineData("--source", "ntp", "--ntp-server", "10.77.0.1")]
    [InlineData("--source", "ptp")]
    public void To_ask_for_more_is_refused_and_changes_nothing(params string[] asked)
    {
        using var controller = new Controller(Node);
        var before = Node.TakeManifest();

        var row = controller.SyncTime([Node], asked).Expect(1).Of(Node);

        Assert.Equal(("Failed", "TimeSyncNotPossible", 0), (row.Status(), row.Error(), row.Changes().Count));
        Assert.Contains("host", row.ErrorText(), StringComparison.Ordinal);
        Assert.Empty(Node.TakeManifest().WritesSince(before));
    }

    [Fact]
    public void A_preparation_finds_it_compliant()
    {
        using var controller = new Controller(Node);
        string[] node = [Site.AddressOf(Node)];

        var looked = controller.Prepare(node, "--step", "TimeSync", "--json").Expect(0).Of(Node);
        var set = controller.Prepare(node, "--step", "TimeSync", "--set-time-sync", "--json").Expect(0).Of(Node);

        Assert.Equal(("Compliant", "TimeSync=Compliant"), (looked.Status(), looked.Summary()));
        Assert.Equal(
            ("Compliant", Clocks.IsHostSynchronized() ? "TimeSync=Compliant" : "TimeSync=HostOwned", 0),
            (set.Status(), set.Summary(), set.Changes().Count));
    }
}
