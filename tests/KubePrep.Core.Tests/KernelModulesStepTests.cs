using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class KernelModulesStepTests
{
    private const string Notice = "# KubePrep manages this file; changes made to it are overwritten.\n";
    private static readonly PreparationProfile Profile = SampleNode.Nothing with { KernelModules = ["overlay", "br_netfilter", "dm-snapshot"] };

    private static readonly NodeFacts Node = SampleNode.Debian with
    {
        LoadedModules = new HashSet<string> { "dm_snapshot" },
        BuiltInModules = new HashSet<string> { "overlay" },
        LoadableModules = new HashSet<string> { "br_netfilter", "dm_snapshot" },
    };

    [Fact]
    public void What_is_not_loaded_is_loaded_and_will_be_at_boot()
    {
        var plan = Plan(Node);
        Assert.Equal([$"WriteFile {SampleNode.ModulesFile}", "LoadModule br_netfilter"], plan.Actions());
        Assert.Equal($"{Notice}br_netfilter\ndm_snapshot\n", plan.Written(SampleNode.ModulesFile));
        Plan(Node.After(plan)).AssertNothing();
    }

    [Fact]
    public void Modules_that_are_built_in_need_nothing() => Plan(
        SampleNode.Debian with { BuiltInModules = new HashSet<string> { "overlay", "br_netfilter", "dm_snapshot" } }).AssertNothing();

    [Fact]
    public void A_module_the_kernel_lacks_is_named_and_not_loaded_at_boot()
    {
        var plan = Plan(Node with { LoadableModules = new HashSet<string> { "dm_snapshot" } });
        Assert.Equal("The kernel 6.1.0-39-amd64 has no module br_netfilter", Assert.Single(plan.Faults));
        Assert.Equal($"{Notice}dm_snapshot\n", plan.Written(SampleNode.ModulesFile));
    }

    [Theory]
    [InlineData(Notice + "br_netfilter\n")]
    [InlineData("br_netfilter\ndm_snapshot\n")]
    [InlineData("")]
    public void A_damaged_file_is_written_again_also_if_others_say_the_same(string content)
    {
        var plan = Plan(Node
            .WithFile(SampleNode.ModulesFile, content)
            .WithFile("/etc/modules-load.d/modules.conf", "br_netfilter\n dm-snapshot \n"));
        Assert.Equal($"{Notice}br_netfilter\ndm_snapshot\n", plan.Written(SampleNode.ModulesFile));
        Assert.Equal("it is not as KubePrep writes it", plan.Changes[0].Reason);
    }

    [Fact]
    public void Blocked_modules_do_nothing_when_they_are_asked_for()
    {
        var profile = SampleNode.Nothing with { BlockedModules = ["sctp"] };
        var facts = Node with { LoadedModules = new HashSet<string> { "sctp" } };
        var plan = SampleNode.Plan(StepName.KernelModules, facts, profile);
        Assert.Equal([$"WriteFile {SampleNode.BlockFile}"], plan.Actions());
        Assert.Equal($"{Notice}install sctp /bin/true\n", plan.Written(SampleNode.BlockFile));
        Assert.Contains("sctp", Assert.Single(plan.Warnings), StringComparison.Ordinal);
        SampleNode.Plan(StepName.KernelModules, facts.After(plan), profile).AssertNothing();
    }

    [Fact]
    public void Modules_of_a_container_are_its_hosts()
    {
        var plan = SampleNode.Plan(StepName.KernelModules, Node with { Container = "lxc" }, Profile with { BlockedModules = ["sctp"] });
        Assert.Empty(plan.Changes);
        Assert.Empty(plan.Faults);
        Assert.Equal("The kernel module br_netfilter is not loaded", Assert.Single(plan.HostOwned));
    }

    [Fact]
    public void Lists_of_modules_are_read_as_systemd_reads_them()
    {
        var read = ModulesLoadConfiguration.Read(new NodeFileCollection(
            SampleNode.File("/etc/modules-load.d/modules.conf", "# loop\n; x\n\n  dm-snapshot\t\r\n"),
            SampleNode.File("/usr/lib/modules-load.d/a.conf", "dm_snapshot\nbr_netfilter"),
            SampleNode.File("/usr/lib/modules-load.d/b.conf", "overlay"),
            SampleNode.File("/etc/modules-load.d/b.conf", ""),
            SampleNode.File("/etc/modules", "loop")));
        Assert.Equal("/usr/lib/modules-load.d/a.conf", read.FileThatLoads("dm_snapshot"));
        Assert.Equal("/usr/lib/modules-load.d/a.conf", read.FileThatLoads("br-netfilter"));
        Assert.All(["loop", "x", "overlay"], module => Assert.Null(read.FileThatLoads(module)));
    }

    private static StepPlan Plan(NodeFacts facts) => SampleNode.Plan(StepName.KernelModules, facts, Profile);
}
