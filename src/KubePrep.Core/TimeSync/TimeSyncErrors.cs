using KubePrep.Changes;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>The errors of keeping nodes' clocks.</summary>
internal static class TimeSyncErrors
{
    public static KubePrepException InvalidNtpServer(string name, string why) => new(
        ErrorId.InvalidNtpServer,
        PlainText.Printable(name),
        $"'{PlainText.Printable(name)}' cannot be an NTP server: {why}.",
        "Give -NtpServer (--ntp-server) an IPv4 or IPv6 address, or a host name such as 'ntp.example.org'; repeat it for more servers.");

    public static KubePrepException TimeServerMissing() => new(
        ErrorId.TimeServerMissing,
        "",
        "The cluster is to keep its own time, and no node of the run is a control-plane node or a time server.",
        "Give a node the role ControlPlane or TimeServer, or let an inventory's groups say so, as kube_master and chrony do.");

    public static KubePrepException NotPossible(Node node, IEnumerable<string> faults) => new(
        ErrorId.TimeSyncNotPossible,
        node.ToString(),
        $"What is to keep the clock of '{node}' cannot: {string.Join("; ", faults)}.",
        "Mend what it names, or choose another -Source (--source), and run the command again.");

    public static KubePrepException NotApplied(Node node, string why) => new(
        ErrorId.StepFailed,
        node.ToString(),
        $"What is to keep the clock of '{node}' could not be set up: {why}.",
        "Mend what it names and run the command again. What the node's programs said is in /run/kubeprep/*/log there.");

    public static KubePrepException NotVerified(Node node, IEnumerable<Change> left) => new(
        ErrorId.ChangesNotVerified,
        node.ToString(),
        $"What keeps the clock of '{node}' was set up, and is not as it should be all the same: "
            + $"{string.Join("; ", left.Select(change => $"{change.Target}: {change.Reason}"))}.",
        "Find out what undoes the change on the node, and run the command again.");

    public static KubePrepException NotSynchronized(Node node, Judgement judgement) => new(
        ErrorId.ClockNotSynchronized,
        node.ToString(),
        $"The clock of '{node}' is not synchronized: {judgement.Reason}.",
        judgement.WayOut.Length > 0 ? judgement.WayOut : "See what 'journalctl -u chrony -u systemd-timesyncd' says on the node.");

    public static KubePrepException BeyondLimit(Node node, IEnumerable<string> faults) => new(
        ErrorId.ClockBeyondLimit,
        node.ToString(),
        $"{string.Join("; ", faults)}.",
        "Synchronize the clocks: Set-KpTimeSync (kubeprep sync-time) sets up what can keep them.");
}
