using System.Text;
using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Judges a clock by the one daemon that sets it: that it is active does not say that it has anything to follow.</summary>
internal static class RunningDaemon
{
    /// <summary>
    /// The stratum that chrony and others give a clock that follows itself, so that it loses against every server that follows a real one:
    /// those are rarely beyond 5.
    /// </summary>
    private const int LocalStratum = 10;

    /// <summary>The judgement by what the daemon says.</summary>
    public static Judgement Judge(NodeFacts facts, TimeFacts time, TimeDaemon daemon)
    {
        var name = Words.Name(daemon);
        return daemon.State switch
        {
            null => Unasked(facts, time, name),
            { IsSynchronized: false } state => Unsynchronized(facts, state, $"{name} runs, but is not synchronized", WaysOut.Wait),
            { IsLocal: true } when ServesCluster(facts.Files) => new Judgement(
                TimeSyncVerdict.Synchronized,
                "its own clock, for the cluster",
                false,
                $"{name} keeps the cluster's own time, as it was set up to: the nodes agree, but nothing leads to UTC",
                ""),
            { IsLocal: true } state => Unsynchronized(
                facts,
                state,
                $"{name} follows nothing but the node's own clock: a local stratum hides that no server is followed",
                WaysOut.OtherServers(facts, "Find out why none of its servers is followed")),
            { Correction: { } correction, Selected: { } source } when correction.Duration() > ClockComparison.WarningLimit => new Judgement(
                TimeSyncVerdict.Unsynchronized,
                PlainText.Printable(source.Name),
                false,
                $"{name} follows {PlainText.Printable(source.Name)}, but the clock is still {ClockText.Offset(-correction)}: "
                    + "it is brought there slowly, and not stepped",
                WaysOut.Step),
            { Selected: { IsLocal: true } source } => new Judgement(
                TimeSyncVerdict.Synchronized,
                PlainText.Printable(source.Name),
                false,
                $"{name} follows {PlainText.Printable(source.Name)}, which follows nothing but its own clock: nothing leads to UTC",
                ""),
            { Selected: { IsReferenceClock: false, Stratum: >= LocalStratum } source } => new Judgement(
                TimeSyncVerdict.Synchronized,
                PlainText.Printable(source.Name),
                false,
                $"{name} follows {PlainText.Printable(source.Name)}, which is at stratum {source.Stratum}, as servers are that follow one with "
                    + "nothing but its own clock: nothing is known to lead to UTC",
                ""),
            { Selected: { } source } => Followed(facts, name, source),
            var state => new Judgement(
                TimeSyncVerdict.Synchronized, name, state.ReferenceId.Length > 0, $"{name} says that the clock is synchronized", ""),
        };
    }

    private static Judgement Followed(NodeFacts facts, string name, TimeSource source)
    {
        var followed = PlainText.Printable(source.IsReferenceClock ? ReferenceClock(facts, source) : source.Name);
        return new Judgement(TimeSyncVerdict.Synchronized, followed, true, $"{name} follows {followed}", "");
    }

    /// <summary>
    /// A reference clock by its driver's name, where the configuration tells which it is: chronyd numbers those of a kind in the order in
    /// which it reads them.
    /// </summary>
    private static string ReferenceClock(NodeFacts facts, TimeSource source)
    {
        var devices = ChronyConfiguration.Read(facts.Files).ReferenceClocks
            .Where(clock => clock.StartsWith("PHC ", StringComparison.Ordinal))
            .Select((clock, index) => (Name: $"PHC{index}", Device: clock[4..].Split(':')[0]));
        var device = devices.FirstOrDefault(clock => clock.Name == source.Name).Device;
        var known = facts.Time?.PtpClocks.FirstOrDefault(clock => device is not null && (clock.Link == device || clock.Device == device));
        return known is null ? source.Name : $"{known.Name} ({source.Name})";
    }

    private static Judgement Unasked(NodeFacts facts, TimeFacts time, string name) => time.Clock?.IsKernelSynchronized == true
        ? new Judgement(
            TimeSyncVerdict.Synchronized,
            name,
            false,
            $"{name} runs, and the kernel says that the clock is synchronized; what it follows could not be asked",
            "")
        : Unsynchronized(facts, null, $"{name} runs, but the kernel does not say that the clock is synchronized", WaysOut.Wait);

    private static Judgement Unsynchronized(NodeFacts facts, TimeDaemonState? state, string what, string wayOut)
    {
        var servers = NtpFinding.Of(facts, state ?? new TimeDaemonState(""));
        var hasNone = servers is null && state is { IsLocal: false, Sources.Count: 0 };
        return new Judgement(
            TimeSyncVerdict.Unsynchronized,
            "",
            false,
            servers is not null ? $"{what}, and {servers.Reason}" : hasNone ? $"{what}, and it has no source" : what,
            servers?.WayOut ?? (hasNone ? WaysOut.SetUp(facts) : wayOut));
    }

    private static bool ServesCluster(NodeFileCollection files) =>
        files[ChronyDropIn.Path] is { } file && Encoding.UTF8.GetString(file.Content.Span).Split('\n') is [ManagedFile.Notice, .. var lines]
        && lines.Contains(ChronyDropIn.ClusterLine);
}
