using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Judges by a node's facts whether something keeps its clock. It has no effect and asks nobody.</summary>
internal static class TimeSyncJudge
{
    /// <summary>The judgement of a node.</summary>
    /// <param name="facts">The node, whose time was asked about.</param>
    public static Judgement Judge(NodeFacts facts)
    {
        var time = facts.Time ?? new TimeFacts();
        var daemons = TimeDaemons.Of(facts);
        var isForeign = ForeignClock.IsOf(facts);
        if (TimeSyncConflict.Find(facts, time, daemons, isForeign) is { } conflict)
        {
            return conflict;
        }

        var running = daemons.FirstOrDefault(daemon => daemon.IsRunning);
        if (isForeign)
        {
            return running is { State.IsSynchronized: true } ? RunningDaemon.Judge(facts, time, running) : ForeignClock.Judge(facts, time);
        }

        return running is not null ? RunningDaemon.Judge(facts, time, running) : AbsentDaemon.Judge(facts, time, daemons);
    }
}
