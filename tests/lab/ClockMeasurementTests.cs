namespace KubePrep.Lab.Tests;

/// <summary>How far clocks are off, where it is known how far they are.</summary>
[Collection(typeof(SharedClocks))]
public sealed class ClockMeasurementTests(Lab lab, ClockMachines machines)
{
    [Fact]
    public void A_step_of_700_milliseconds_is_measured_within_the_bounds()
    {
        const double Drift = 0.001;
        var site = machines.In(lab);
        var machine = site.Machines[1];
        ClockSite.Quiet(machine);
        var before = Read(site, machine);

        foreach (var step in new[] { 0.7m, -0.7m })
        {
            machine.StepClock(step);
            var after = Read(site, machine);

            var error = Math.Abs(after.Offset - before.Offset - (double)step);
            Assert.True(error <= before.Bound + after.Bound + Drift, $"Stepped by {step} s, it went from {before} to {after}.");
            before = after;
        }
    }

    [Fact]
    public void A_check_warns_of_half_a_second_and_fails_beyond_thirty()
    {
        var site = machines.In(lab);
        var machine = site.Machines[1];
        string[] node = [Site.AddressOf(machine)];
        ClockSite.Quiet(machine);
        site.SetOffsets((machine, 0.7));

        var warned = site.Controller.Check(node, "--step", "TimeSync", "--json").Expect(0).Of(machine);

        Assert.Equal("TimeSync=Warning", warned.Summary());
        Assert.Contains(warned.Warnings(), warning => warning.Contains("0.7", StringComparison.Ordinal));

        machine.Must("date -s '+40 seconds'");
        var failed = site.Controller.Check(node, "--step", "TimeSync", "--json").Expect(1).Of(machine);

        Assert.NotEqual("Compliant", failed.Status());
        Assert.DoesNotContain("TimeSync=Warning", failed.Summary(), StringComparison.Ordinal);
        Assert.Contains("40.", failed.Reason("TimeSync"), StringComparison.Ordinal);
    }

    [Fact]
    public void Control_plane_nodes_are_at_odds_beyond_a_second_and_workers_are_not()
    {
        var site = machines.In(lab);
        var (first, second) = (site.Machines[1], site.Machines[2]);
        ClockSite.Quiet(first, second);
        site.SetOffsets((first, -0.75), (second, 0.75));

        var masters = site.Controller.Clock("time", "--inventory", site.Inventory(("kube_master", [first, second]))).Expect(1);
        var workers = site.Controller.Clock("time", "--inventory", site.Inventory(("kube_master", [first]), ("kube_node", [second]))).Expect(1);

        var fault = Assert.Single(masters.Rows.Select(NodeRows.ErrorText).Distinct(), text => text.Contains(first.Name, StringComparison.Ordinal)
            && text.Contains(second.Name, StringComparison.Ordinal));
        Assert.NotEmpty(fault);
        Assert.All(masters.Rows, row => Assert.Equal("ClockBeyondLimit", row.ErrorId()));
        Assert.All(workers.Rows, row => Assert.Null(row.ErrorId()));
    }

    [Fact]
    public void An_authority_that_begins_in_a_nodes_future_is_called_out()
    {
        Tool.Require("openssl");
        var site = machines.In(lab);
        var (late, right) = (site.Machines[1], site.Machines[2]);
        ClockSite.Quiet(late, right);
        site.SetOffsets((late, -90), (right, 0));
        var (key, authority) = (Path.Join(site.Controller.Home, "ca.key"), Path.Join(site.Controller.Home, "ca.pem"));
        Tool.Must(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=kubernetes", "-days", "30",
            "-keyout", key, "-out", authority);

        var time = site.Controller.Time([late, right], "--certificate-authority", authority);

        Assert.Contains(time.Of(late).Warnings(), warning => warning.Contains("authority", StringComparison.Ordinal));
        Assert.DoesNotContain(time.Of(right).Warnings(), warning => warning.Contains("authority", StringComparison.Ordinal));
    }

    private static (double Offset, double Bound) Read(ClockSite site, Machine machine)
    {
        var row = site.Controller.Time([machine]).Of(machine);
        Assert.InRange(row.Bound(), 0, 0.2);
        return (row.Offset(), row.Bound());
    }
}
