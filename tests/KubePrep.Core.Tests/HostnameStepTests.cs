using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class HostnameStepTests
{
    [Fact]
    public void The_name_is_set_now_and_at_boot()
    {
        var facts = Named("cp-1.example").WithFile("/etc/hostname", "n1\n");
        var plan = Plan(facts);
        Assert.Equal(["WriteFile /etc/hostname", "SetHostName cp-1.example"], plan.Actions());
        Assert.Equal("cp-1.example\n", plan.Written("/etc/hostname"));
        Assert.Equal("-n1\n+cp-1.example\n", plan.Changes[1].Diff);
        Plan(facts.After(plan)).AssertNothing();
    }

    [Theory]
    [InlineData("n1")]
    [InlineData("# my host\n\n n1 \nn2\n")]
    public void The_name_may_be_there_in_any_form(string file) => Plan(Named("n1").WithFile("/etc/hostname", file)).AssertNothing();

    [Fact]
    public void A_name_that_would_be_lost_at_boot_is_written() => Assert.Equal(["WriteFile /etc/hostname"], Plan(Named("n1")).Actions());

    [Fact]
    public void A_name_that_is_only_set_at_boot_is_set() =>
        Assert.Equal(["SetHostName n2"], Plan(Named("n2").WithFile("/etc/hostname", "n2\n")).Actions());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("N1")]
    [InlineData("a_b")]
    public void A_name_that_is_missing_or_wrong_is_a_fault(string? name)
    {
        var plan = Plan(Named(name));
        Assert.Empty(plan.Changes);
        Assert.Single(plan.Faults);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("node-1.example.org")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-012345678")] // 63
    public void Names_that_nodes_can_have(string name) => Assert.Null(NodeNameRules.Fault(name));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Node", "upper-case")]
    [InlineData("a b", "something else")]
    [InlineData("a_b", "something else")]
    [InlineData("é", "something else")]
    [InlineData("-o", "hyphen")]
    [InlineData("a-", "hyphen")]
    [InlineData("a.-b", "hyphen")]
    [InlineData(".a", "dot")]
    [InlineData("a.", "dot")]
    [InlineData("a..b", "dot")]
    [InlineData("a\nb", "control character")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-0123456789", "63")]
    [InlineData("abcdefghijklmnopqrstuvwxyz.abcdefghijklmnopqrstuvwxyz.01234567890", "64")]
    public void Names_that_nodes_cannot_have(string name, string why) =>
        Assert.Contains(why, NodeNameRules.Fault(name) ?? "", StringComparison.Ordinal);

    private static NodeFacts Named(string? name) => SampleNode.Debian with { Node = new Node("10.0.0.1") { NodeName = name } };

    private static StepPlan Plan(NodeFacts facts) => SampleNode.Plan(StepName.Hostname, facts, SampleNode.Nothing, setHostName: true);
}
