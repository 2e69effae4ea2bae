using System.Globalization;
using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>The errors of connecting to a node and talking to it.</summary>
internal static class ConnectionErrors
{
    /// <summary>Whether an error says that a node could not be talked to.</summary>
    public static bool IsUnreachable(ErrorId id) => id is ErrorId.HostKeyUnknown or ErrorId.HostKeyChanged or ErrorId.ConnectionRefused
        or ErrorId.ConnectionTimeout or ErrorId.HostNameNotFound or ErrorId.NodeUnreachable or ErrorId.PermissionDenied
        or ErrorId.ConnectionFailed or ErrorId.ConnectionLost or ErrorId.UnexpectedReply;

    public static KubePrepException InvalidNode(Node node, string what, string value, string why) => new(
        ErrorId.InvalidNode,
        node.ToString(),
        $"The {what} '{value}' of node '{node}' cannot be used: {why}.",
        $"Give another {what}. Nodes are written host, user@host, host:port, or [IPv6]:port.");

    public static KubePrepException InvalidOption(string name, string why, string recommendedAction) => new(
        ErrorId.InvalidConnectionOption,
        name,
        $"The connection option '{name}' cannot be used: {why}.",
        recommendedAction);

    public static KubePrepException SshNotFound() => new(
        ErrorId.SshNotFound,
        "ssh",
        "The program ssh is not on PATH.",
        "Install the OpenSSH client (the package openssh-client).");

    /// <param name="node">The node.</param>
    /// <param name="server">The server on the way to the node that it is about; empty if it is about the node.</param>
    /// <param name="fingerprint">The key that the node showed.</param>
    public static KubePrepException HostKeyUnknown(Node node, string server, string fingerprint) => new(
        ErrorId.HostKeyUnknown,
        node.ToString(),
        server.Length > 0
            ? $"The host key of '{server}', on the way to '{node}', is not known, so nothing says that it is the right machine."
            : $"The host key of '{node}' is not known, so nothing says that it is the right machine. It showed {fingerprint}.",
        server.Length > 0
            ? $"Connect to '{server}' once with 'ssh', and compare the fingerprint that it shows with the one on its console. The host-key policy "
                + "and the known-hosts file that KubePrep is given are about the nodes alone."
            : "Compare that fingerprint with the one on the machine's console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and connect once "
                + "with 'ssh', or trust new machines with -HostKeyPolicy AcceptNew (--host-key-policy accept-new).");

    /// <param name="node">The node.</param>
    /// <param name="server">The server on the way to the node that it is about; empty if it is about the node.</param>
    /// <param name="shown">The key that was shown.</param>
    /// <param name="known">The key that is known.</param>
    /// <param name="place">The file and line of the known key; empty if they are not known.</param>
    public static KubePrepException HostKeyChanged(Node node, string server, string shown, string known, string place) => new(
        ErrorId.HostKeyChanged,
        node.ToString(),
        $"The host key of {(server.Length > 0 ? $"'{server}', on the way to '{node}'," : $"'{node}'")} has changed: it showed {shown}, and {known} is "
            + "known. Either the machine was installed anew, or this is another machine.",
        $"If it was installed anew, delete {(place.Length == 0 ? "the old key from known_hosts" : $"the old key at {place}")} and connect once "
            + "with 'ssh'; else find out who answers.");

    public static KubePrepException Refused(Node node) => new(
        ErrorId.ConnectionRefused,
        node.ToString(),
        $"'{node}' refused the connection: nothing listens at its ssh port.",
        "See whether its ssh server runs, and whether the port is right.");

    public static KubePrepException Timeout(Node node, TimeSpan timeout) => new(
        ErrorId.ConnectionTimeout,
        node.ToString(),
        $"'{node}' did not answer within {Seconds(timeout)}.",
        "See whether it runs and is not cut off by a firewall, or allow more time with -ConnectionTimeoutSeconds (--connection-timeout).");

    public static KubePrepException NameNotFound(Node node) => new(
        ErrorId.HostNameNotFound,
        node.ToString(),
        $"The name of '{node}' cannot be resolved.",
        "See whether it is written right, or give the node's address.");

    public static KubePrepException Unreachable(Node node, string why) => new(
        ErrorId.NodeUnreachable,
        node.ToString(),
        $"There is no way to '{node}': {why}.",
        "See whether it runs, and whether its network can be reached from here.");

    public static KubePrepException PermissionDenied(Node node, string why) => new(
        ErrorId.PermissionDenied,
        node.ToString(),
        $"'{node}' did not let the user in: {why}.",
        "Give the right -UserName and -KeyFilePath (--user, --key-file), load the key into ssh-agent, or log in with -Credential "
            + "(--ask-password).");

    public static KubePrepException Failed(Node node, string why) => new(
        ErrorId.ConnectionFailed,
        node.ToString(),
        $"'{node}' could not be connected to: {why}.",
        $"See what 'ssh -v' says about it.");

    public static KubePrepException Lost(Node node) => new(
        ErrorId.ConnectionLost,
        node.ToString(),
        $"The connection to '{node}' was lost.",
        "Run the command again: it finds out what was done, and does the rest.");

    public static KubePrepException UnexpectedReply(Node node, string why) => new(
        ErrorId.UnexpectedReply,
        node.ToString(),
        $"'{node}' does not answer as a shell does: {why}.",
        "See what 'ssh NODE /bin/sh' prints, and mend the user's login shell and its start-up files on the node.");

    public static KubePrepException SudoPasswordRequired(Node node) => new(
        ErrorId.SudoPasswordRequired,
        node.ToString(),
        $"sudo on '{node}' wants a password, and none was given.",
        "Give it with -SudoPassword (--ask-sudo-password), log in as root, or let the user use sudo without a password.");

    public static KubePrepException SudoPasswordWrong(Node node) => new(
        ErrorId.SudoPasswordWrong,
        node.ToString(),
        $"The password for sudo on '{node}' is wrong.",
        "Give the password of the user who logs in.");

    public static KubePrepException SudoNotAllowed(Node node, string why) => new(
        ErrorId.SudoNotAllowed,
        node.ToString(),
        $"The user cannot become root on '{node}': {why}.",
        "Log in as root, or as a user whom sudo allows every command.");

    public static KubePrepException UnsupportedSystem(Node node, string release) => new(
        ErrorId.UnsupportedSystem,
        node.ToString(),
        $"'{node}' runs {(release.Length == 0 ? "an unknown system" : release)}, and KubePrep prepares Debian and Ubuntu.",
        "Leave the node out, or install Debian 12 or 13, or Ubuntu 22.04 or 24.04, on it.");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
