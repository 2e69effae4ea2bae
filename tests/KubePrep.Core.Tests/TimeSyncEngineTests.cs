using KubePrep.Changes;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Preparation;
using KubePrep.Preparation.Steps;
using KubePrep.TimeSync;
using static KubePrep.Core.Tests.TimeSamples;

namespace KubePrep.Core.Tests;

/// <summary>What is said of nodes whose clocks were looked at, or set up.</summary>
public sealed class TimeSyncEngineTests
{
    [Fact]
    public void A_node_that_is_given_twice_is_planned_once_and_has_two_rows()
    {
        var node = new InspectedNode(Qemu.Node, TimeSpan.Zero) { Facts = Qemu };
        var engine = new TimeSyncEngine(new ConnectionOptions(), new TimeSyncRequest());

        var rows = engine.Complete([node, node], apply: false, progress: null, CancellationToken.None);

        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(TimeSyncStatus.Drifted, row.Status));
        Assert.Equal(rows[0].Changes.Select(change => change.Target), rows[1].Changes.Select(change => change.Target));
    }

    [Fact]
    public void A_node_that_nothing_would_mend_has_its_reason_and_the_way_out_as_a_warning()
    {
        var waiting = Result(Qemu.WithChrony(ChronyFresh));
        Assert.Equal(TimeSyncStatus.Drifted, waiting.Status);
        Assert.Equal([$"{Qemu.Node}: {waiting.TimeSync.Reason}. {waiting.TimeSync.WayOut}"], waiting.Warnings);

        Assert.Empty(Result(Qemu.WithChrony(ChronyClient)).Warnings);
        Assert.Empty(Result(Container.WithKernel(false)).Warnings);
        Assert.Empty(Result(Qemu, TimeSyncChange.Of(ChangeAction.RestartUnit, "chrony.service", "it does not run")).Warnings);
    }

    [Fact]
    public void A_step_that_only_looks_says_what_to_do()
    {
        var plan = new TimeSyncStep().Plan(new PlanContext(Qemu, new PreparationProfile { Name = "empty" }, SetHostName: false));
        var judgement = TimeSyncJudge.Judge(Qemu);
        Assert.NotEmpty(judgement.WayOut);
        Assert.Equal([$"[TimeSync] {judgement.Reason}. {judgement.WayOut}"], plan.Concerns);
        Assert.Equal("why", (judgement with { Reason = "why", WayOut = "" }).Advice);
    }

    [Theory]
    [InlineData(ErrorId.ChangesNotVerified, null, true)]
    [InlineData(ErrorId.ClockNotSynchronized, StepName.TimeSync, true)]
    [InlineData(ErrorId.ClockNotSynchronized, StepName.Packages, false)]
    [InlineData(ErrorId.ClockNotSynchronized, null, false)]
    [InlineData(ErrorId.StepFailed, StepName.TimeSync, false)]
    [InlineData(null, StepName.TimeSync, false)]
    public void A_clock_that_nothing_was_changed_for_is_no_change_that_is_not_proved(ErrorId? id, StepName? changed, bool isUnproved)
    {
        var error = id is { } known ? new KubePrepException(known, "a", "b.", "c.") : null;
        Change[] changes = changed is { } step ? [new Change { Step = step, Action = ChangeAction.EnableUnit, Target = "t", Reason = "r" }] : [];
        Assert.Equal(isUnproved, ChangeErrors.IsUnproved(error, changes));
    }

    private static TimeSyncResult Result(NodeFacts facts, params Change[] changes)
    {
        var node = new InspectedNode(facts.Node, TimeSpan.Zero) { Facts = facts };
        return TimeSyncEngine.Result(new TimeSyncOutcome(node) { Changes = changes }, TimeSyncReport.Of([node], authority: null)[0]);
    }
}
