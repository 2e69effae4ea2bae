using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>Finds out what keeps a node's clock, how far off it is, and whether NTP answers where nothing keeps it.</summary>
internal static class TimeInspector
{
    /// <summary>Asks a node, and changes nothing there.</summary>
    /// <param name="node">The node.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="wanted">Servers it is to follow, besides those it has already.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="KubePrepException">The node is lost, does not answer as it should, or is not Debian.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NodeFacts Inspect(Node node, NodeConnection connection, IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        var facts = NodeProbe.Run(node, connection, ProbeRequest.OfTime, cancellation);
        return WithAnswers(WithClock(facts, connection, cancellation), connection, wanted, cancellation);
    }

    /// <summary>Adds the comparison of the clocks to what a probe has found.</summary>
    public static NodeFacts WithClock(NodeFacts facts, NodeConnection connection, CancellationToken cancellation) => facts with
    {
        Time = facts.Time! with { Clock = ClockProbe.Measure(connection, cancellation) },
    };

    /// <summary>Adds what NTP servers answer, where nothing keeps a clock that could be kept.</summary>
    public static NodeFacts WithAnswers(NodeFacts facts, NodeConnection connection, IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        if (ForeignClock.IsOf(facts) || TimeSyncJudge.Judge(facts).Verdict == TimeSyncVerdict.Synchronized)
        {
            return facts;
        }

        string[] servers = [.. wanted.Concat(ConfiguredNtpServers.Of(facts)).Distinct(StringComparer.OrdinalIgnoreCase)];
        return facts with { Time = facts.Time! with { NtpAnswers = NtpProbe.Ask(connection, servers, cancellation) } };
    }
}
