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

    /// <summary>
    /// With which nodes' clocks this node's is at odds: a fault, but only a warning where it follows what leads to UTC and the other, whose
    /// row is there already, does not.
    /// </summary>
    public ClockFindings Compare(NodeFacts facts)
    {
        if (facts.Time?.Clock is not { } clock)
        {
            return new ClockFindings(null, null, [], []);
        }

        var compared = new ComparedClock(facts.Node, clock, TimeSyncJudge.Judge(facts));
        lock (_lock)
        {
            var pairs = _asked.Select(other => (Other: other, Pair: ClockComparison.Between(other, compared))).Where(found => found.Pair is not null)
                .ToLookup(found => compared.IsTrusted && !found.Other.IsTrusted);
            _asked.Add(compared);
            return new ClockFindings(
                null,
                null,
                [.. pairs[true].Select(found => $"{found.Pair}; it is likely the clock of {found.Other.Node} that is wrong")],
                [.. pairs[false].Select(found => $"{found.Pair}")]);
        }
    }
}
