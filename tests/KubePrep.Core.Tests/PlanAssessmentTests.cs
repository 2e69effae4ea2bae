using KubePrep.Changes;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class PlanAssessmentTests
{
    private static readonly StepPlan Nothing = new();
    private static readonly StepPlan Changes = new() { Changes = [Change("a", "why"), Change("b", "why"), Change("c", "else")] };
    private static readonly StepPlan Faults = new() { Faults = ["it cannot be"] };
    private static readonly StepPlan Both = Changes with { Faults = ["it cannot be"] };
    private static readonly StepPlan HostOwned = new() { HostOwned = ["the host's", "too"] };

    private static readonly Dictionary<string, StepPlan?> Plans = new()
    {
        ["none"] = null, ["nothing"] = Nothing, ["changes"] = Changes, ["faults"] = Faults, ["both"] = Both, ["host"] = HostOwned,
    };

    [Theory]
    [InlineData("none", StepStatus.Skipped, PreparationStatus.Compliant, "")]
    [InlineData("nothing", StepStatus.Compliant, PreparationStatus.Compliant, "")]
    [InlineData("changes", StepStatus.Drifted, PreparationStatus.Drifted, "a, b: why; c: else")]
    [InlineData("faults", StepStatus.Drifted, PreparationStatus.Drifted, "it cannot be")]
    [InlineData("both", StepStatus.Drifted, PreparationStatus.Drifted, "it cannot be; a, b: why; c: else")]
    [InlineData("host", StepStatus.HostOwned, PreparationStatus.Compliant, "the host's; too")]
    public void Judges_a_node_that_is_only_looked_at(string plan, StepStatus step, PreparationStatus status, string reason)
    {
        var found = Assess(Plans[plan]).Found();
        Assert.Equal((status, step, reason), (found.Status, found.Steps[0].Status, found.Steps[0].Reason));
        Assert.Null(found.Error);
    }

    [Theory]
    [InlineData("none", StepStatus.Skipped, PreparationStatus.Compliant)]
    [InlineData("nothing", StepStatus.Compliant, PreparationStatus.Compliant)]
    [InlineData("host", StepStatus.HostOwned, PreparationStatus.Compliant)]
    [InlineData("faults", StepStatus.Failed, PreparationStatus.Failed)]
    public void Judges_a_node_with_nothing_to_change(string plan, StepStatus step, PreparationStatus status)
    {
        var left = Assess(Plans[plan]).LeftAlone();
        Assert.Equal((status, step), (left.Status, left.Steps[0].Status));
        Assert.Equal(status == PreparationStatus.Failed ? ErrorId.StepFailed : null, left.Error?.Id);
    }

    [Theory]
    [InlineData("changes", "nothing", false, StepStatus.Changed, null)]
    [InlineData("changes", "host", false, StepStatus.Changed, null)]
    [InlineData("changes", "changes", false, StepStatus.Failed, ErrorId.ChangesNotVerified)]
    [InlineData("changes", "faults", false, StepStatus.Failed, ErrorId.StepFailed)]
    [InlineData("changes", "changes", true, StepStatus.Failed, ErrorId.StepFailed)]
    [InlineData("changes", "nothing", true, StepStatus.Failed, ErrorId.StepFailed)]
    [InlineData("both", "faults", false, StepStatus.Failed, ErrorId.StepFailed)]
    [InlineData("nothing", "nothing", false, StepStatus.Compliant, null)]
    [InlineData("nothing", "changes", false, StepStatus.Failed, ErrorId.ChangesNotVerified)]
    [InlineData("host", "host", false, StepStatus.HostOwned, null)]
    [InlineData("none", "none", false, StepStatus.Skipped, null)]
    public void Judges_a_node_by_what_a_new_probe_leaves_to_do(string before, string after, bool hasFailed, StepStatus step, ErrorId? error)
    {
        var journal = new RunJournal();
        if (hasFailed)
        {
            journal.Read("failed Swap mask x: it broke");
        }

        var proved = Assess(Plans[before]).Proved(journal, [new PlannedStep(StepName.Swap, Plans[after])]);
        Assert.Equal((step, error), (proved.Steps[0].Status, proved.Error?.Id));
        Assert.Equal(
            step switch
            {
                StepStatus.Failed => PreparationStatus.Failed,
                StepStatus.Changed => PreparationStatus.Changed,
                _ => PreparationStatus.Compliant,
            },
            proved.Status);
        if (hasFailed)
        {
            Assert.Contains("Swap: mask x: it broke", proved.Error!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Calls_a_node_unproved_if_one_of_its_failed_steps_is()
    {
        var journal = new RunJournal();
        journal.Read("failed Swap mask x: it broke");
        var assessment = new PlanAssessment(new Node("n1"), [new PlannedStep(StepName.Swap, Changes), new PlannedStep(StepName.Sysctl, Changes)]);
        var proved = assessment.Proved(journal, [new PlannedStep(StepName.Swap, Changes), new PlannedStep(StepName.Sysctl, Changes)]);
        Assert.Equal(ErrorId.ChangesNotVerified, proved.Error?.Id);
        proved = assessment.Proved(journal, [new PlannedStep(StepName.Swap, Changes), new PlannedStep(StepName.Sysctl, Nothing)]);
        Assert.Equal((ErrorId.StepFailed, StepStatus.Changed), (proved.Error!.Id, proved.Steps[1].Status));
    }

    private static PlanAssessment Assess(StepPlan? plan) => new(new Node("n1"), [new PlannedStep(StepName.Swap, plan)]);

    private static Change Change(string target, string reason) =>
        new() { Step = StepName.Swap, Action = ChangeAction.MaskUnit, Target = target, Reason = reason };
}
