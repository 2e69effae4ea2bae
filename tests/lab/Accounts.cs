namespace KubePrep.Lab.Tests;

/// <summary>Accounts that a test needs besides those that nodes have, and how a controller comes to them.</summary>
internal static class Accounts
{
    /// <summary>Makes an account that accepts the lab's key.</summary>
    /// <param name="node">The node.</param>
    /// <param name="name">The account's name.</param>
    /// <param name="startUp">What its shell's start-up file holds, as bash reads it for every command that comes over ssh.</param>
    /// <param name="shell">Its login shell.</param>
    public static void Add(FleetNode node, string name, string startUp = "", string shell = "/bin/bash")
    {
        node.Must($"useradd --create-home --shell {shell} {name} && cp -r /root/.ssh /home/{name}/ && chown -R {name}: /home/{name}");
        node.WriteFile($"/home/{name}/.bashrc", startUp);
    }

    public static void SetPassword(FleetNode node, string password, params IEnumerable<string> accounts)
    {
        node.WriteFile("/run/accounts", string.Concat(accounts.Select(account => $"{account}:{password}\n")));
        node.Must("chpasswd </run/accounts && rm /run/accounts");
    }

    /// <summary>Entries of an ssh configuration by which accounts of one node are hosts of their own, named as the accounts are.</summary>
    public static string Aliases(FleetNode node, params IEnumerable<string> accounts) =>
        string.Concat(accounts.Select(account => $"Host {account}\n    HostName {node.Address}\n    User {account}\n"));

    /// <summary>What sudo and the ssh server wrote down about an account.</summary>
    public static string Log(FleetNode node, string account) =>
        node.Must($"journalctl --sync && journalctl --boot --no-pager --output=cat | grep -w {account} || :");
}
