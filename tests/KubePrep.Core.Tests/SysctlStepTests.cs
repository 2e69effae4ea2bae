using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class SysctlStepTests
{
    private const string Notice = "# KubePrep manages this file; changes made to it are overwritten.\n";
    private const string Forward = "net.ipv4.ip_forward";
    private const string Watches = "fs.inotify.max_user_watches";
    private const string Bridge = "net.bridge.bridge-nf-call-iptables";
    private static readonly SysctlSetting Minimum = new SysctlSetting(Watches, "524288") { IsMinimum = true };

    [Fact]
    public void A_value_is_set_now_and_at_boot()
    {
        var (facts, profile) = (With((Forward, "0"), ("kernel.panic", "10")),
            Profile(new SysctlSetting(Forward, "1"), new SysctlSetting("kernel.panic", "10")));
        var plan = Plan(facts, profile);
        Assert.Equal([$"WriteFile {SampleNode.SysctlFile}", $"SetSysctl {Forward} 1"], plan.Actions());
        Assert.Equal($"{Notice}{Forward} = 1\nkernel.panic = 10\n", plan.Written(SampleNode.SysctlFile));
        Assert.Equal("-0\n+1\n", plan.Changes[1].Diff);
        Plan(facts.After(plan), profile).AssertNothing();
    }

    [Fact]
    public void Rows_of_numbers_are_compared_without_their_tabs() => Assert.Equal(
        [$"WriteFile {SampleNode.SysctlFile}"],
        Plan(With(("net.ipv4.tcp_rmem", "4096\t12582912\t16777216")),
            Profile(new SysctlSetting("net.ipv4.tcp_rmem", "4096 12582912 16777216"))).Actions());

    [Theory]
    [InlineData("8192", null, "524288")]
    [InlineData("524288", null, "524288")]
    [InlineData("1048576", null, "1048576")]
    [InlineData("8192", "1048576", "1048576")]
    [InlineData("600000", "550000", "600000")]
    [InlineData("18446744073709551615", null, "18446744073709551615")]
    [InlineData("nonsense", "more", "524288")]
    public void A_minimum_never_lowers(string live, string? atBoot, string wanted)
    {
        var facts = With((Watches, live));
        facts = atBoot is null ? facts : facts.WithFile("/etc/sysctl.d/50-x.conf", $"{Watches} = {atBoot}\n");
        var plan = Plan(facts, Profile(Minimum));
        Assert.Equal($"{Notice}{Watches} = {wanted}\n", plan.Written(SampleNode.SysctlFile));
        Assert.Equal(live == wanted ? [] : [$"SetSysctl {Watches} {wanted}"], plan.Actions()[1..]);
        Plan(facts.After(plan), Profile(Minimum)).AssertNothing();
    }

    [Fact]
    public void A_later_file_with_a_higher_value_is_no_fault_of_a_minimum()
    {
        var facts = With((Watches, "8192")).WithFile("/etc/sysctl.d/99-zzz.conf", $"{Watches} = 999999\n");
        var plan = Plan(facts, Profile(Minimum));
        Assert.Empty(plan.Faults);
        Plan(facts.After(plan), Profile(Minimum)).AssertNothing();
        Assert.Single(Plan(With((Watches, "8192")).WithFile("/etc/sysctl.d/99-zzz.conf", $"{Watches} = 4096\n"), Profile(Minimum)).Faults);
    }

    [Theory]
    [InlineData("/etc/sysctl.d/99-zzz.conf", "# x\nnet/ipv4/ip_forward=0\n", "/etc/sysctl.d/99-zzz.conf:2 sets net.ipv4.ip_forward to '0'")]
    [InlineData("/usr/lib/sysctl.d/zz.conf", "-net.ipv4.ip_forward",
        "/usr/lib/sysctl.d/zz.conf:1 keeps net.ipv4.ip_forward from being set")]
    public void A_later_file_with_another_value_is_a_fault(string path, string content, string fault)
    {
        var plan = Plan(With((Forward, "1")).WithFile(path, content), Profile(new SysctlSetting(Forward, "1")));
        Assert.StartsWith(fault, Assert.Single(plan.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/sysctl.d/99-sysctl.conf", Forward + "=0\n")]
    [InlineData("/etc/sysctl.d/99-zzz.conf", Forward + "=1\n")]
    [InlineData("/etc/sysctl.d/99-zzz.conf", "net.ipv4.*=0\n-net.ipv4.ip_*\n")]
    public void Other_files_are_no_fault(string path, string content) => Assert.Empty(
        Plan(With((Forward, "1")).WithFile(path, content), Profile(new SysctlSetting(Forward, "1"))).Faults);

    [Theory]
    [InlineData(Notice + Forward + " = 1")]
    [InlineData(Forward + " = 1\n")]
    [InlineData("")]
    public void A_damaged_file_is_written_again_whatever_others_say(string content)
    {
        var facts = With((Forward, "1")).WithFile(SampleNode.SysctlFile, content).WithFile("/etc/sysctl.d/99-sysctl.conf", Forward + "=1");
        Assert.Equal([$"WriteFile {SampleNode.SysctlFile}"], Plan(facts, Profile(new SysctlSetting(Forward, "1"))).Actions());
    }

    [Fact]
    public void A_key_the_kernel_lacks_is_a_fault_unless_it_may_be_left_out()
    {
        var profile = Profile(
            new SysctlSetting(Forward, "1"),
            new SysctlSetting("fs.may_detach_mounts", "1") { IsOptional = true },
            new SysctlSetting("kernel.nothing", "1"));
        var plan = Plan(With((Forward, "1")), profile);
        Assert.Equal("The kernel 6.1.0-39-amd64 has no parameter kernel.nothing", Assert.Single(plan.Faults));
        Assert.Equal($"{Notice}{Forward} = 1\n", plan.Written(SampleNode.SysctlFile));
    }

    [Fact]
    public void A_key_that_a_module_brings_is_set_after_the_module_is_loaded()
    {
        var profile = Profile(new SysctlSetting(Bridge, "1")) with { KernelModules = ["br-netfilter"] };
        var facts = SampleNode.Debian with { LoadableModules = new HashSet<string> { "br_netfilter" } };
        var plan = Plan(facts, profile);
        Assert.Equal([$"WriteFile {SampleNode.SysctlFile}", $"SetSysctl {Bridge} 1"], plan.Actions());
        Assert.Equal("+1\n", plan.Changes[1].Diff);
        Assert.Empty(plan.Faults);
        var after = facts.After(SampleNode.Plan(StepName.KernelModules, facts, profile));
        Plan(after.After(Plan(after, profile)), profile).AssertNothing();
    }

    [Fact]
    public void A_key_whose_module_is_not_loaded_is_a_fault()
    {
        var facts = SampleNode.Debian with { LoadableModules = new HashSet<string> { "br_netfilter" } };
        var profile = Profile(new SysctlSetting(Bridge, "1")) with { KernelModules = ["br_netfilter"] };
        var fault = $"The kernel 6.1.0-39-amd64 has no parameter {Bridge}, as its module br_netfilter is not loaded";
        Assert.Equal(fault, Assert.Single(SampleNode.Plan(StepName.Sysctl, facts, profile, skipped: StepName.KernelModules).Faults));
        Assert.Equal(fault, Assert.Single(Plan(facts, profile with { KernelModules = [] }).Faults));
        Assert.Equal(fault, Assert.Single(Plan(SampleNode.Debian, profile).Faults));
        Assert.DoesNotContain("module",
            Assert.Single(Plan(facts with { LoadedModules = new HashSet<string> { "br_netfilter" } }, profile).Faults),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_cannot_be_written_is_a_fault_only_if_it_differs()
    {
        var facts = With((Forward, "0")) with { ReadOnlySysctls = new HashSet<string> { Forward } };
        Assert.Equal(
            $"The kernel parameter {Forward} is '0' and not '1', and cannot be written",
            Assert.Single(Plan(facts, Profile(new SysctlSetting(Forward, "1"))).Faults));
        Assert.Empty(Plan(facts, Profile(new SysctlSetting(Forward, "0"))).Faults);
    }

    [Theory]
    [InlineData("10.0.0.1", false)]
    [InlineData("fd00::1", true)]
    [InlineData("not::an::address", false)]
    public void Keys_for_IPv6_are_set_on_nodes_with_such_an_address(string address, bool isSet)
    {
        var facts = With((Forward, "0"), ("net.ipv6.conf.all.forwarding", "0")) with { Node = new Node("n1") { IPAddress = [address] } };
        var plan = Plan(facts,
            Profile(new SysctlSetting(Forward, "1"), new SysctlSetting("net.ipv6.conf.all.forwarding", "1") { IsForIPv6 = true }));
        Assert.Equal(isSet, plan.Actions().Contains("SetSysctl net.ipv6.conf.all.forwarding 1"));
    }

    [Fact]
    public void A_container_owns_only_what_it_can_write_of_the_network()
    {
        var facts = With((Forward, "0"), ("net.core.somaxconn", "4096"), ("kernel.panic", "0"), ("vm.overcommit_memory", "1"),
            (Watches, "999999")) with
        {
            Container = "systemd-nspawn",
            ReadOnlySysctls = new HashSet<string> { "net.core.somaxconn", "kernel.panic" },
        };
        var profile = Profile(
            new SysctlSetting(Forward, "1"),
            new SysctlSetting("net.core.somaxconn", "65535"),
            new SysctlSetting("kernel.panic", "10"),
            new SysctlSetting("vm.overcommit_memory", "1"),
            Minimum,
            new SysctlSetting(Bridge, "1"),
            new SysctlSetting("net.ipv4.tcp_tw_recycle", "0") { IsOptional = true },
            new SysctlSetting("fs.may_detach_mounts", "1") { IsOptional = true });
        var plan = Plan(facts, profile);
        Assert.Equal([$"WriteFile {SampleNode.SysctlFile}", $"SetSysctl {Forward} 1"], plan.Actions());
        Assert.Equal($"{Notice}{Forward} = 1\n", plan.Written(SampleNode.SysctlFile));
        Assert.Empty(plan.Faults);
        Assert.Equal(
            [
                "The kernel parameter net.core.somaxconn is '4096' and not '65535'",
                "The kernel parameter kernel.panic is '0' and not '10'",
                $"The kernel parameter {Bridge} is not there",
            ],
            plan.HostOwned);
    }

    [Fact]
    public void A_container_that_owns_nothing_gets_no_file() => Assert.Empty(
        Plan(With(("kernel.panic", "0")) with { Container = "lxc" }, Profile(new SysctlSetting("kernel.panic", "10"))).Changes);

    private static NodeFacts With(params (string Key, string Value)[] sysctls) =>
        SampleNode.Debian with { Sysctls = sysctls.ToDictionary(entry => entry.Key, entry => entry.Value) };

    private static PreparationProfile Profile(params SysctlSetting[] settings) => SampleNode.Nothing with { Sysctl = settings };

    private static StepPlan Plan(NodeFacts facts, PreparationProfile profile) => SampleNode.Plan(StepName.Sysctl, facts, profile);
}
