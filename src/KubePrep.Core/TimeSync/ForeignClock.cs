using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Judges a clock that nothing on the node may set, as it is its host's: a container's, mostly.</summary>
internal static class ForeignClock
{
    /// <summary>Whether a node's clock is one.</summary>
    public static bool IsOf(NodeFacts facts) => facts.IsContainer || facts.Time is { CanSetClock: false };

    /// <summary>The judgement by what the kernel says, which is the host's where the node is a container.</summary>
    public static Judgement Judge(NodeFacts facts, TimeFacts time)
    {
        var host = facts.IsContainer ? "the container's host" : "the machine's host";
        var whose = facts.IsContainer
            ? $"The clock is that of {host} ({PlainText.Printable(facts.Container)})"
            : $"Root may not set the clock here: it is that of {host}";
        return time.Clock?.IsKernelSynchronized == true
            ? new Judgement(TimeSyncVerdict.Synchronized, host, true, $"{whose}, and its kernel says that it is synchronized", "")
            : new Judgement(
                TimeSyncVerdict.Impossible,
                "",
                false,
                time.Clock?.IsKernelSynchronized == false
                    ? $"{whose}, and its kernel says that it is not synchronized"
                    : $"{whose}, and its kernel does not tell whether it is synchronized",
                $"Synchronize {host}: a time daemon in here could not set the clock.");
    }
}
