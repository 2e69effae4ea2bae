using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>
/// What to do about a clock that is not kept, as sentences with a full stop; each command for PowerShell, then for the command line.
/// </summary>
internal static class WaysOut
{
    /// <summary>To leave it to KubePrep which one daemon stays.</summary>
    public const string OneDaemon = "Set-KpTimeSync (kubeprep sync-time) keeps one of them and disables the others.";

    /// <summary>To give a daemon that has a server the time to take it.</summary>
    public const string Wait = "Give it some minutes, then ask again with Get-KpTimeSync (kubeprep time).";

    /// <summary>To have a clock set at once that a daemon would take hours to correct, as after a machine was suspended.</summary>
    public const string Step =
        "Set-KpTimeSync (kubeprep sync-time) has the clock set whenever it is far off, as after a machine was suspended.";

    private const string Ptp = "Set-KpTimeSync -Source Ptp (kubeprep sync-time --source ptp)";
    private const string Cluster = "Set-KpTimeSync -Source Cluster (kubeprep sync-time --source cluster)";

    /// <summary>To set up something that keeps the clock, where nothing does.</summary>
    public static string SetUp(NodeFacts facts) =>
        FromHypervisor(facts) ?? $"Set-KpTimeSync (kubeprep sync-time) sets up what can keep it; {Server(facts)} names the servers.";

    /// <summary>To do without NTP servers that cannot be used, or to mend what is between.</summary>
    /// <param name="facts">The node.</param>
    /// <param name="mend">What would make them usable, as half a sentence with a capital letter.</param>
    public static string OtherServers(NodeFacts facts, string mend)
    {
        var other = FromHypervisor(facts) is { } ptp ? $"{mend}, or do without them: {ptp}"
            : $"{mend}, name others with {Server(facts)}, or let the cluster keep its own time with {Cluster}.";
        return MachineKinds.Of(facts) == MachineKind.VMware && facts.Time?.IsToolsSyncEnabled is not null
            ? $"{other} Instead of NTP, VMware Tools can set the clock by the host's each minute: "
                + "`vmware-toolbox-cmd timesync enable` on the node."
            : other;
    }

    private static string? FromHypervisor(NodeFacts facts) =>
        HypervisorClock.Of(facts) is not null ? $"{Ptp} follows the hypervisor's clock."
        : HypervisorClock.MayBeLoaded(facts)
            ? $"{Ptp} follows the hypervisor's clock, if the host offers it; {Server(facts)} names NTP servers."
        : null;

    /// <summary>The command that names NTP servers; in a cloud that has one of its own, with that.</summary>
    private static string Server(NodeFacts facts)
    {
        var server = CloudTimeServer.Of(facts)?.Name ?? "SERVER";
        return $"Set-KpTimeSync -NtpServer {server} (kubeprep sync-time --ntp-server {server})";
    }
}
