using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Says of all nodes of a run what keeps their clocks, and how far those are from each other.</summary>
internal static class TimeSyncReport
{
    /// <summary>What is known of each node, in their order.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="authority">A certificate authority that they are to trust; null if none was named.</param>
    public static IReadOnlyList<NodeTimeSync> Of(IReadOnlyList<InspectedNode> nodes, AuthorityDate? authority)
    {
        var judgements = nodes.Select(node => node.Facts is { } facts ? TimeSyncJudge.Judge(facts) : null).ToList();
        var clocks = nodes.Zip(judgements, (node, judgement) => new ComparedClock(node.Node, node.Facts?.Time?.Clock, judgement));
        var findings = ClockComparison.Of([.. clocks]);
        return [.. nodes.Select((node, i) => judgements[i] is { } judgement
            ? Of(node, node.Facts!, judgement, findings[i], authority)
            : new NodeTimeSync { Node = node.Node, Duration = node.Duration, Error = node.Error })];
    }

    private static NodeTimeSync Of(InspectedNode node, NodeFacts facts, Judgement judgement, ClockFindings findings, AuthorityDate? authority)
    {
        var daemons = TimeDaemons.Of(facts);
        var state = daemons.Select(daemon => daemon.State).OfType<TimeDaemonState>().FirstOrDefault();
        return new NodeTimeSync
        {
            Node = node.Node,
            Machine = MachineKinds.Of(facts),
            Daemons = daemons,
            Source = judgement.Source,
            IsTraceable = judgement.IsTraceable,
            Stratum = state?.Stratum,
            Leap = state?.Leap ?? "",
            PtpClocks = facts.Time!.PtpClocks,
            AnswersNtp = AnswersNtp(facts.Time, state),
            Offset = facts.Time.Clock?.Offset,
            ErrorBound = facts.Time.Clock?.ErrorBound,
            OffsetFromMedian = findings.OffsetFromMedian,
            MedianErrorBound = findings.MedianErrorBound,
            Verdict = judgement.Verdict,
            Reason = judgement.Reason,
            WayOut = judgement.WayOut,
            Duration = node.Duration,
            Warnings = [.. findings.Warnings.Concat(AuthorityDates.Warnings(facts, authority)).Select(warning => $"{node.Node}: {warning}")],
            Facts = facts,
            Error = findings.Faults.Count == 0 ? null : TimeSyncErrors.BeyondLimit(node.Node, findings.Faults),
        };
    }

    /// <summary>Whether a server was heard of, by a daemon or by asking for it.</summary>
    private static bool? AnswersNtp(TimeFacts time, TimeDaemonState? state) =>
        state?.Sources.Any(source => !source.IsReferenceClock && source.Reach != 0) == true
            || time.NtpAnswers.Any(answer => answer.Outcome is NtpOutcome.Answered or NtpOutcome.Unusable) ? true
        : time.NtpAnswers.Count > 0 ? false
        : null;
}
