using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class LimitsStepTests
{
    private static readonly PreparationProfile Profile = SampleNode.Nothing with
    {
        Limits = new Dictionary<string, string> { ["DefaultLimitNOFILE"] = "100000", ["DefaultLimitCORE"] = "infinity" },
    };

    [Fact]
    public void A_bare_node_gets_a_drop_in_and_systemd_executes_itself_again()
    {
        var plan = Plan(SampleNode.Debian);
        Assert.Equal([$"WriteFile {SampleNode.LimitsFile}", "ReloadManager systemd reexec"], plan.Actions());
        Assert.EndsWith("\n[Manager]\nDefaultLimitCORE=infinity\nDefaultLimitNOFILE=100000\n", plan.Written(SampleNode.LimitsFile),
            StringComparison.Ordinal);
        Plan(SampleNode.Debian.After(plan)).AssertNothing();
    }

    [Fact]
    public void What_an_earlier_run_did_not_have_read_is_read_now()
    {
        var written = SampleNode.Debian.After(Plan(SampleNode.Debian));
        Assert.Equal(["ReloadManager systemd reexec"], Plan(written with { OwedRestarts = new HashSet<string> { "reload daemon-reexec" } }).Actions());
    }

    [Fact]
    public void A_container_has_limits_of_its_own() => Assert.NotEmpty(Plan(SampleNode.Container).Changes);

    [Fact]
    public void Nothing_is_wanted_of_a_profile_without_limits() => Assert.DoesNotContain(
        PreparationPlanner.Plan(new PlanContext(SampleNode.Debian, SampleNode.Nothing, false), PreparationPlanner.StepNames.ToHashSet()),
        step => step.Plan is not null);

    private static StepPlan Plan(NodeFacts facts) => SampleNode.Plan(StepName.Limits, facts, Profile);
}
