using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>The errors of making the hosts map and sending it.</summary>
internal static class HostsFileErrors
{
    private const int MostConflicts = 10;
    private const int MostNodes = 10;

    public static KubePrepException MasterNodeMissing() => new(
        ErrorId.MasterNodeMissing,
        "",
        "No node of the run is a control-plane node, on which the hosts map could be collected.",
        "Name one with -MasterNode (--master-node), or give a node the role ControlPlane (in an inventory, the group kube_control_plane or "
            + "kube_master); 'kubeprep prepare' leaves the hosts files alone with --skip-hosts.");

    public static KubePrepException MapIncomplete(Node master, IReadOnlyList<Node> failed) => failed.Contains(master)
        ? new KubePrepException(
            ErrorId.HostsMapIncomplete,
            master.ToString(),
            $"The hosts map was not sent, as it could not be collected on '{master}'.",
            "Mend what the error of that node names and run the command again, or name another control-plane node with -MasterNode (--master-node).")
        : new KubePrepException(
            ErrorId.HostsMapIncomplete,
            failed[0].ToString(),
            $"The hosts map was not sent, as it would be incomplete: {Names(failed)} could not be asked for {(failed.Count == 1 ? "its name and address" : "their names and addresses")}.",
            "Mend what the errors of those nodes name and run the command again; -AllowPartial (--allow-partial) sends a map without them, which keeps the rows they had.");

    public static KubePrepException MapBusy(Node master) => new(
        ErrorId.RunInProgress,
        master.ToString(),
        $"Another client has been sending a hosts map from '{master}' for too long.",
        "Wait until it has ended, and run the command again; on that node, 'fuser -v /run/kubeprep/hosts-lock' shows who holds the lock.");

    public static KubePrepException LockUnusable(Node master) => new(
        ErrorId.ApplyFailed,
        master.ToString(),
        $"The lock of the hosts map, /run/kubeprep/hosts-lock, could not be made on '{master}'.",
        "See whether the disk of /run is full there, and run the command again.");

    public static KubePrepException LockLost(Node master) => new(
        ErrorId.ConnectionLost,
        master.ToString(),
        $"The connection to '{master}' was lost while the hosts map was being sent; another client may have sent another map meanwhile.",
        "Run the command again; it finds out which nodes have the map, and sends it to the others.");

    public static KubePrepException NotWritten(Node node, string why) => new(
        ErrorId.StepFailed,
        node.ToString(),
        $"The hosts file of '{node}' could not be written: {why}.",
        "Mend what it names and run the command again.");

    public static KubePrepException NotVerified(Node node) => new(
        ErrorId.ChangesNotVerified,
        node.ToString(),
        $"The hosts file of '{node}' was written, and is not as it should be all the same.",
        "Find out what else writes it on the node, and run the command again.");

    public static KubePrepException InvalidHostsFile(Node node, string path, string why) => new(
        ErrorId.InvalidHostsFile,
        node.ToString(),
        $"{path} of '{node}' cannot be changed safely: {why}.",
        "Mend or remove the marks of the block there, and run the command again.");

    public static KubePrepException NameMissing(Node node, IEnumerable<string> refused) => new(
        ErrorId.NodeIdentityMissing,
        node.ToString(),
        $"'{node}' has no name that other nodes could find it by: {string.Join("; ", refused)}.",
        "Give the node a NodeName, or set its host name.");

    public static KubePrepException Conflict(IReadOnlyList<HostsConflict> conflicts)
    {
        var more = conflicts.Count > MostConflicts ? $", and {conflicts.Count - MostConflicts} more" : "";
        return new KubePrepException(
            ErrorId.HostsMapConflict,
            conflicts[0].Second.ToString(),
            $"The hosts map would be ambiguous, and was not changed: {string.Join("; ", conflicts.Take(MostConflicts))}{more}.",
            string.Join(' ', WaysOut(conflicts)));
    }

    private static IEnumerable<string> WaysOut(IReadOnlyList<HostsConflict> conflicts)
    {
        if (conflicts.Any(conflict => conflict.IsOneNode))
        {
            yield return "Give each node once.";
        }

        if (conflicts.Any(conflict => !conflict.IsOneNode && conflict.Names.Count > 0))
        {
            yield return "Give each node a host name of its own; Invoke-KpNodePreparation -SetHostName (kubeprep prepare --set-hostname) "
                + "sets it to its NodeName.";
        }

        if (conflicts.Any(conflict => !conflict.IsOneNode && conflict.Addresses.Count > 0))
        {
            yield return "Give each node an address of its own, or its IPAddress, if the one it was found by is not.";
        }
    }

    private static string Names(IReadOnlyList<Node> nodes) =>
        string.Join(", ", nodes.Take(MostNodes).Select(node => $"'{node}'")) + (nodes.Count > MostNodes ? $" and {nodes.Count - MostNodes} more" : "");
}
