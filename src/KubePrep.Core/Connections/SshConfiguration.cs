namespace KubePrep.Connections;

/// <summary>What ssh makes of a node's name by its configuration (<c>ssh -G</c>).</summary>
/// <param name="UserName">The user it logs in as.</param>
/// <param name="HostName">The name it knows the host key by, and asks for a password with.</param>
/// <param name="Proxy">The jump host or command it goes through; empty if it connects by itself.</param>
/// <param name="KnownHosts">The files of host keys, separated by blanks.</param>
internal sealed record SshConfiguration(string UserName, string HostName, string Proxy, string KnownHosts)
{
    /// <summary>What is known where ssh does not even say what it would do.</summary>
    public static SshConfiguration Unknown { get; } = new("", "", "", "");

    public static SshConfiguration Parse(IEnumerable<string> lines)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0)
            {
                settings.TryAdd(line[..space], line[(space + 1)..]);
            }
        }

        var alias = settings.GetValueOrDefault("hostkeyalias") is { Length: > 0 } given and not "none" ? given : null;
        return new SshConfiguration(
            settings.GetValueOrDefault("user", ""),
            alias ?? settings.GetValueOrDefault("hostname", ""),
            settings.GetValueOrDefault("proxyjump") ?? settings.GetValueOrDefault("proxycommand") ?? "",
            $"{settings.GetValueOrDefault("userknownhostsfile", "")} {settings.GetValueOrDefault("globalknownhostsfile", "")}");
    }

    /// <summary>Whether a host key of this name is the node's own, and not that of a server on the way to it.</summary>
    public bool IsNode(string name) =>
        Proxy.Length == 0 || name == HostName || name.StartsWith($"[{HostName}]:", StringComparison.Ordinal);

    /// <summary>Whether ssh looks for host keys in this file.</summary>
    public bool HasKnownHosts(string path) => $" {KnownHosts} ".Contains($" {path} ", StringComparison.Ordinal);
}
