using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class SwapStepTests
{
    private const long Mebi = 1 << 20;
    private const string Row = "UUID=1-2 none swap sw 0 0\n";
    private static readonly PreparationProfile Profile = SampleNode.Nothing with { Swap = SwapPolicy.Off };
    private static readonly SwapDevice Device = new("/dev/vda2", 1024 * Mebi, 0);

    private static readonly UnitState RowUnit = SampleNode.Unit(
        @"dev-disk-by\x2duuid-1\x2d2.swap",
        "active",
        "generated",
        @"/run/systemd/generator/dev-disk-by\x2duuid-1\x2d2.swap",
        "/dev/disk/by-uuid/1-2");

    [Fact]
    public void A_node_without_swap_is_left_alone() =>
        Plan(SampleNode.Debian.WithFile(SampleNode.Table, "/dev/vda1 / ext4 defaults 0 1\n")).AssertNothing();

    [Fact]
    public void Rows_are_commented_before_swap_is_turned_off()
    {
        var facts = SampleNode.Debian.WithFile(SampleNode.Table, "/dev/vda1 / ext4 defaults 0 1\n" + Row) with
        {
            Swaps = [Device],
            Units = [RowUnit, SampleNode.Unit("dev-vda2.swap", "active", "", "", "/dev/vda2")],
        };
        var plan = Plan(facts);
        Assert.Equal([$"WriteFile {SampleNode.Table}", "ReloadManager systemd", "DisableSwap /dev/vda2"], plan.Actions());
        Assert.Equal($"/dev/vda1 / ext4 defaults 0 1\n#{Row}", plan.Written(SampleNode.Table));
        Assert.Equal(
            $"--- {SampleNode.Table}\n+++ {SampleNode.Table}\n@@ -1,2 +1,2 @@\n /dev/vda1 / ext4 defaults 0 1\n-{Row}+#{Row}",
            plan.Changes[0].Diff);
        Plan(facts.After(plan)).AssertNothing();
    }

    [Theory]
    [InlineData("swapfile.swap", "/etc/systemd/system/swapfile.swap", "/swapfile")]
    [InlineData(@"dev-disk-by\x2dpart.swap", @"/run/systemd/generator.late/dev-disk-by\x2dpart.swap", "/dev/disk/by-part")]
    [InlineData("dev-zram0.swap", "/run/systemd/generator/dev-zram0.swap", "/dev/zram0")]
    [InlineData("dev-vdb.swap", "/run/systemd/generator/dev-vdb.swap", "/dev/vdb")] // as systemd.swap-extra= on the kernel's command line makes it
    public void Units_that_no_row_makes_are_masked_before_swap_is_turned_off(string unit, string fragment, string what)
    {
        var facts = SampleNode.Debian.WithFile(SampleNode.Table, Row) with
        {
            Swaps = [new SwapDevice(what, Mebi, 0)],
            Units = [RowUnit, SampleNode.Unit(unit, "active", "generated", fragment, what)],
        };
        var plan = Plan(facts);
        Assert.Equal([$"WriteFile {SampleNode.Table}", $"MaskUnit {unit}", "ReloadManager systemd", $"DisableSwap {what}"], plan.Actions());
        Plan(facts.After(plan)).AssertNothing();
    }

    [Theory]
    [InlineData("systemd-zram-setup@zram0.service", "active", "static", true)]
    [InlineData("zramswap.service", "inactive", "enabled", true)]
    [InlineData("zramswap.service", "failed", "enabled-runtime", true)]
    [InlineData("zram-config.service", "active", "disabled", true)]
    [InlineData("zramswap.service", "inactive", "disabled", false)]
    [InlineData("systemd-zram-setup@zram0.service", "inactive", "static", false)]
    [InlineData("rsyslog.service", "active", "enabled", false)]
    public void Services_that_make_swap_of_memory_are_masked(string unit, string active, string file, bool isMasked)
    {
        var facts = SampleNode.Debian with { Units = [SampleNode.Unit(unit, active, file, "/lib/systemd/system/x.service")] };
        var plan = Plan(facts);
        Assert.Equal(isMasked ? [$"MaskUnit {unit}"] : [], plan.Actions());
        Plan(facts.After(plan)).AssertNothing();
    }

    [Fact]
    public void Units_that_are_masked_or_not_there_are_left_alone() => Plan(SampleNode.Debian with
    {
        Units =
        [
            SampleNode.Unit("a.swap", fragment: "/etc/systemd/system/a.swap") with { LoadState = "masked" },
            SampleNode.Unit("zramswap.service", file: "enabled") with { LoadState = "not-found" },
            SampleNode.Unit("dev-vda2.swap", what: "/dev/vda2"),
        ],
    }).AssertNothing();

    [Theory]
    [InlineData(600, 600, false)]
    [InlineData(600, 663, false)]
    [InlineData(600, 664, true)]
    [InlineData(0, 10, true)]
    public void Swap_stays_on_where_memory_cannot_take_it(long used, long available, bool isDisabled)
    {
        var plan = Plan(SampleNode.Debian.WithFile(SampleNode.Table, Row) with
        {
            Swaps = [Device with { UsedBytes = used * Mebi / 2 }, new SwapDevice("/swapfile", 1024 * Mebi, used * Mebi / 2)],
            AvailableMemoryBytes = available * Mebi,
        });
        Assert.Equal(isDisabled, plan.Actions().Contains("DisableSwap /swapfile"));
        Assert.Contains($"WriteFile {SampleNode.Table}", plan.Actions());
        if (!isDisabled)
        {
            Assert.DoesNotContain(plan.Changes, change => change.Action == ChangeAction.DisableSwap);
            Assert.StartsWith($"Swap holds {used} MiB, and only {available} MiB of memory", Assert.Single(plan.Faults), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Swap_of_a_container_is_its_hosts()
    {
        var plan = Plan(SampleNode.Container.WithFile(SampleNode.Table, Row) with
        {
            Swaps = [Device],
            Units = [RowUnit, SampleNode.Unit("zramswap.service", "active")],
        });
        Assert.Empty(plan.Changes);
        Assert.Empty(plan.Faults);
        Assert.Equal("Swap is on: /dev/vda2, 1 GiB, of which 0 bytes are used", Assert.Single(plan.HostOwned));
    }

    private static StepPlan Plan(NodeFacts facts) => SampleNode.Plan(StepName.Swap, facts, Profile);
}
