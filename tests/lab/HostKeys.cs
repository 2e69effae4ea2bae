namespace KubePrep.Lab.Tests;

/// <summary>The host keys of nodes, as ssh-keygen shows them.</summary>
internal static class HostKeys
{
    public static string Fingerprint(FleetNode node) =>
        Tool.Must("ssh-keygen", "-lf", Path.Join(node.Root, "etc/ssh/ssh_host_ed25519_key.pub")).Split(' ')[1];

    /// <summary>Gives a node another host key, as if it had been installed anew.</summary>
    public static void Renew(FleetNode node) =>
        node.Must("cd /etc/ssh && rm ssh_host_ed25519_key && ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key && systemctl restart ssh.service");
}
