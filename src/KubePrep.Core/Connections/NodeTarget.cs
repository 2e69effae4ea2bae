using System.Buffers;
using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>Where and how to connect to a node: its own values, else the run's, checked so that none can be read as an option of ssh.</summary>
internal sealed record NodeTarget(Node Node, string Host, string? User, int? Port, string? KeyFilePath)
{
    // what OpenSSH itself refuses since 9.6, where a name could reach a shell through a ProxyCommand (ssh.c, valid_hostname and valid_ruser)
    private static readonly SearchValues<char> UnsafeInHost = SearchValues.Create("'`\"$\\;&<>|(){}[]@/ ");
    private static readonly SearchValues<char> UnsafeInUser = SearchValues.Create("'`\"$\\;&<>|(){} ");

    /// <summary>Whether it is this machine, which needs no ssh.</summary>
    public bool IsLocal => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && Node.Port is null && string.IsNullOrEmpty(Node.UserName);

    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidNode"/>.</exception>
    public static NodeTarget Of(Node node, ConnectionOptions options)
    {
        var user = Given(node.UserName) ?? Given(options.UserName);
        var port = node.Port ?? options.Port;
        var keyFile = Given(node.KeyFilePath) ?? Given(options.KeyFilePath);
        Require(node, node.HostName, "host name", HostFault(node.HostName));
        Require(node, user, "user name", user is null ? null : Fault(user, UnsafeInUser));
        Require(node, $"{port}", "port", port is < 1 or > 65535 ? "it is not between 1 and 65535" : null);
        Require(node, keyFile, "key file", keyFile is null || File.Exists(keyFile) ? null : "there is no such file");
        Require(node, node.NodeName, "node name", Given(node.NodeName) is { } name ? NodeNameRules.Fault(name) : null);
        foreach (var address in node.IPAddress)
        {
            Require(node, address, "IP address", System.Net.IPAddress.TryParse(address, out _) ? null : "it is no IPv4 or IPv6 address");
        }

        return new NodeTarget(node, node.HostName, user, port, keyFile);
    }

    /// <summary>Whether it can be connected to by this name.</summary>
    public static bool IsHost(string name) => HostFault(name) is null;

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Fault(string name, SearchValues<char> unsafeCharacters) =>
        name.Length == 0 ? "it is empty"
        : name.StartsWith('-') ? "it begins with a hyphen, as options do"
        : name.Length > 255 ? "it is longer than 255 characters"
        : PlainText.Fault(name) ?? (name.AsSpan().IndexOfAny(unsafeCharacters) is >= 0 and var at ? $"it holds '{name[at]}'" : null);

    private static string? HostFault(string host) => Fault(host, UnsafeInHost) ?? ColonFault(host);

    // what is left of host:port when the port is no number
    private static string? ColonFault(string host) =>
        host.Contains(':', StringComparison.Ordinal) && !System.Net.IPAddress.TryParse(host, out _)
            ? "it is no IPv6 address, and what follows the colon is no port"
            : null;

    private static void Require(Node node, string? value, string what, string? fault)
    {
        if (fault is not null)
        {
            throw ConnectionErrors.InvalidNode(node, what, value ?? "", fault);
        }
    }
}
