using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>What a node's time is planned with, and what follows from it.</summary>
internal sealed class TimeSyncSituation
{
    /// <summary>Judges a node.</summary>
    public TimeSyncSituation(TimeSyncContext context)
    {
        Context = context;
        Judgement = TimeSyncJudge.Judge(Facts);
        Daemons = TimeDaemons.Of(Facts);
        Asked = [.. context.Request.NtpServers.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>What it is planned with.</summary>
    public TimeSyncContext Context { get; }

    /// <summary>The node.</summary>
    public NodeFacts Facts => Context.Facts;

    /// <summary>The node's time.</summary>
    public TimeFacts Time => Facts.Time ?? new TimeFacts();

    /// <summary>What the node's facts say of its clock.</summary>
    public Judgement Judgement { get; }

    /// <summary>The time daemons that are installed or run.</summary>
    public IReadOnlyList<TimeDaemon> Daemons { get; }

    /// <summary>The NTP servers that are asked for, each once.</summary>
    public IReadOnlyList<string> Asked { get; }

    /// <summary>Whether something keeps the clock.</summary>
    public bool IsSynchronized => Judgement.Verdict == TimeSyncVerdict.Synchronized;

    /// <summary>Whether the machine can be suspended, and wake up hours later: a virtual one.</summary>
    public bool IsVirtual => Facts.Virtualization is not ("none" or "");

    /// <summary>Whether a daemon has all the servers that are asked for.</summary>
    /// <param name="daemon">The daemon; null for something else that keeps the clock, which has none.</param>
    public bool HasAsked(TimeDaemon? daemon)
    {
        var sources = daemon?.State?.Sources.Select(source => source.Name) ?? [];
        var configured = daemon?.Kind switch
        {
            TimeDaemonKind.Chrony => ChronyConfiguration.Read(Facts.Files).Servers,
            TimeDaemonKind.Timesyncd => TimesyncdConfiguration.Read(Facts.Files).Servers,
            _ => [],
        };
        return !Asked.Except(sources.Concat(configured), StringComparer.OrdinalIgnoreCase).Any();
    }
}
