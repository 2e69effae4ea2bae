using KubePrep.Changes;
using KubePrep.Inventory;
using KubePrep.TimeSync;

namespace KubePrep.Core.Tests;

/// <summary>Work on a node that goes on until there is nothing more to do.</summary>
public sealed class TimeSyncStagesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    public void Stages_end_when_nothing_is_left(int needed, int expected) => Assert.Equal(expected, Run(needed));

    [Theory]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    public void A_node_that_always_needs_something_more_is_not_proved(int needed)
    {
        var error = Expect.Error(ErrorId.ChangesNotVerified, () => Run(needed));
        Assert.Contains("chrony.service: it does not run", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Runs on a node that needs so many stages, and gives how often it was looked at for one.</summary>
    private static int Run(int needed)
    {
        var looks = 0;
        TimeSyncStages.Run(
            new Node("a"),
            () => looks++ < needed,
            () => looks < needed ? [TimeSyncChange.Of(ChangeAction.RestartUnit, "chrony.service", "it does not run")] : []);
        return looks;
    }
}
