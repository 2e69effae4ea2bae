using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class PackagesStepTests
{
    private static readonly PreparationProfile Profile = SampleNode.Nothing with { Packages = ["conntrack", "socat", "conntrack"] };

    [Fact]
    public void Only_what_is_missing_is_installed_and_once() => Assert.Equal(
        ["InstallPackage conntrack"], Plan(("socat", "ii")).Actions());

    [Theory]
    [InlineData("ii")]
    [InlineData("hi")]
    [InlineData("it")]
    [InlineData("iW")]
    public void What_is_installed_is_left_alone(string status) => Plan(("socat", status), ("conntrack", status)).AssertNothing();

    [Theory]
    [InlineData("rc")]
    [InlineData("un")]
    [InlineData("pn")]
    public void What_was_removed_is_installed_again(string status) => Assert.Equal(
        ["InstallPackage socat"], Plan(("conntrack", "ii"), ("socat", status)).Actions());

    [Fact]
    public void An_interrupted_dpkg_is_repaired_first()
    {
        var plan = Plan(SampleNode.Debian with { IsDpkgInterrupted = true, Packages = [new PackageState("socat", "1", "ii")] });
        Assert.Equal(["RepairPackages dpkg", "InstallPackage conntrack"], plan.Actions());
    }

    [Theory]
    [InlineData("iF")]
    [InlineData("iU")]
    [InlineData("iH")]
    public void A_broken_package_is_named_and_repaired_also_if_nobody_asked_for_it(string status)
    {
        var plan = Plan(("socat", "ii"), ("conntrack", "ii"), ("vim", status));
        Assert.Equal(["RepairPackages dpkg"], plan.Actions());
        Assert.Contains("vim", plan.Changes[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_package_that_is_asked_for_is_repaired_and_installed() => Assert.Equal(
        ["RepairPackages dpkg", "InstallPackage socat"], Plan(("socat", "iF"), ("conntrack", "ii")).Actions());

    [Fact]
    public void A_held_package_that_is_missing_is_a_fault()
    {
        var plan = Plan(("conntrack", "hn"), ("socat", "ii"));
        Assert.Empty(plan.Changes);
        Assert.Equal("The package conntrack is missing, and held (apt-mark unhold conntrack releases it)", Assert.Single(plan.Faults));
    }

    [Fact]
    public void Another_architecture_of_a_package_will_do() => Plan(("socat", "rc"), ("socat", "ii"), ("conntrack", "ii")).AssertNothing();

    private static StepPlan Plan(params (string Name, string Status)[] packages) =>
        Plan(SampleNode.Debian with { Packages = [.. packages.Select(p => new PackageState(p.Name, "1", p.Status))] });

    private static StepPlan Plan(NodeFacts facts) => SampleNode.Plan(StepName.Packages, facts, Profile);
}
