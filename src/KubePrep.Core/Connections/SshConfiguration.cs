namespace KubePrep.Connections;

/// <summary>What ssh makes of a node's name by its configuration (<c>ssh -G</c>).</summary>
/// <param name="UserName">The user it logs in as.</param>
/// <param name="HostName">The name it asks for a password with.</param>
/// <param name="Proxy">The jump host or command it goes through; empty if it connects by itself.</param>
internal sealed record SshConfiguration(string UserName, string HostName, string Proxy)
{
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
            settings.GetValueOrDefault("proxyjump") ?? settings.GetValueOrDefault("proxycommand") ?? "");
    }
}
