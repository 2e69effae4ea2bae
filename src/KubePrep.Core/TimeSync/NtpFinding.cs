using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>What NTP servers answered, in words, when they were asked from a node whose clock is not kept.</summary>
/// <param name="Reason">As half a sentence without a full stop.</param>
/// <param name="WayOut">What to do about it, as a sentence with a full stop.</param>
internal sealed record NtpFinding(string Reason, string WayOut)
{
    /// <summary>What they answered; null if none was asked.</summary>
    /// <param name="facts">The node.</param>
    /// <param name="state">What the daemon that follows them says; null if none runs, or it cannot be asked.</param>
    public static NtpFinding? Of(NodeFacts facts, TimeDaemonState? state)
    {
        var answers = facts.Time?.NtpAnswers ?? [];
        var (answered, unusable) = (Named(answers, NtpOutcome.Answered), Named(answers, NtpOutcome.Unusable));
        var (silent, unknown) = (Named(answers, NtpOutcome.Silent), Named(answers, NtpOutcome.NameUnknown));
        return answers.Count == 0 ? null
            : answered.Length > 0 ? Answered(facts, answered, state)
            : silent.Length == answers.Count ? new NtpFinding(
                $"none of its servers ({List(silent)}) answers at UDP port 123; a firewall may drop it",
                WayOutOf(facts, "Let the node reach them at UDP port 123"))
            : unknown.Length == answers.Count ? new NtpFinding(
                $"the names of its servers ({List(unknown)}) cannot be resolved on the node", WayOutOf(facts, "Mend the node's DNS"))
            : unusable.Length == answers.Count ? new NtpFinding(
                $"its servers ({List(unusable)}) answer that they are not synchronized themselves, or refuse", WayOutOf(facts, "Mend them"))
            : new NtpFinding(
                "none of its servers can be used: " + string.Join("; ", Parts(silent, unknown, unusable)), WayOutOf(facts, "Mend that"));
    }

    private static NtpFinding Answered(NodeFacts facts, string[] servers, TimeDaemonState? state)
    {
        var what = $"its servers ({List(servers)}) answer";
        string[] rejected = [.. state?.Sources.Where(source => source.IsRejected).Select(source => PlainText.Printable(source.Name)) ?? []];
        return state is null ? new NtpFinding(what, WaysOut.SetUp(facts))
            : rejected.Length > 0 ? new NtpFinding(
                $"{what}, but it takes {List(rejected)} for wrong", WayOutOf(facts, "Find out which of the servers is right"))
            : new NtpFinding($"{what} now, and it is still measuring", WaysOut.Wait);
    }

    private static IEnumerable<string> Parts(string[] silent, string[] unknown, string[] unusable)
    {
        if (silent.Length > 0)
        {
            yield return $"no answer at UDP port 123 from {List(silent)}";
        }

        if (unknown.Length > 0)
        {
            yield return $"no address for {List(unknown)}";
        }

        if (unusable.Length > 0)
        {
            yield return $"not synchronized itself, or refusing: {List(unusable)}";
        }
    }

    private static string WayOutOf(NodeFacts facts, string mend) => WaysOut.OtherServers(facts, mend);

    private static string[] Named(IReadOnlyList<NtpAnswer> answers, NtpOutcome outcome) =>
        [.. answers.Where(answer => answer.Outcome == outcome).Select(answer => PlainText.Printable(answer.Server))];

    private static string List(string[] names) => string.Join(", ", names);
}
