using KubePrep.Facts;
using KubePrep.TimeSync;

namespace KubePrep.Preparation;

/// <summary>
/// The clocks of a run's control-plane and etcd nodes. Each is compared with those asked before it, so that nobody waits for the slowest.
/// </summary>
internal sealed class ClockRegistry
{
    private readonly Lock _lock = new();
    private readonly List<ComparedClock> _asked = [];

    /// <summary>With which nodes' clocks this node's is at odds, as sentences without a full stop.</summary>
    public IReadOnlyList<string> Compare(NodeFacts facts)
    {
        if (facts.Time?.Clock is not { } clock)
        {
            return [];
        }

        var compared = new ComparedClock(facts.Node, clock, TimeSyncJudge.Judge(facts));
        lock (_lock)
        {
            var faults = _asked.Select(other => ClockComparison.Between(other, compared)).OfType<string>().ToList();
            _asked.Add(compared);
            return faults;
        }
    }
}
