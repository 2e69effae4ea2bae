namespace KubePrep.Lab.Tests;

/// <summary>What is looked up on nodes themselves.</summary>
internal static class NodeState
{
    public const string JournalFile = "/etc/systemd/journald.conf.d/95-kubeprep.conf";
    public const string SysctlFile = "/etc/sysctl.d/99-zz-kubeprep.conf";
    public const string LimitsFile = "/etc/systemd/system.conf.d/95-kubeprep.conf";

    /// <summary>What differs between any two nodes.</summary>
    private static readonly string[] Identity =
        ["/etc/hostname", "/etc/hosts", "/etc/machine-id", "/etc/ssh/ssh_host_ed25519_key", "/etc/ssh/ssh_host_ed25519_key.pub"];

    /// <summary>What holds times or the numbers of inodes.</summary>
    private static readonly string[] Caches =
        ["/var/cache/apt/pkgcache.bin", "/var/cache/apt/srcpkgcache.bin", "/var/cache/ldconfig/aux-cache"];

    /// <summary>The paths at which two nodes differ that were prepared in different ways.</summary>
    public static IEnumerable<string> DifferencesFrom(this Manifest node, Manifest other) =>
        node.ChangesSince(other).Except(Identity).Except(Caches);

    /// <summary>The journals of the runs that the node knows, the last one last.</summary>
    public static string RunJournals(this LabNode node) => node.Must("cat /run/kubeprep/*/journal");

    /// <summary>Waits until the node's last run has ended, and gives how.</summary>
    public static string AwaitEnd(this LabNode node)
    {
        Wait.Until(() => node.RunJournals().Split('\n')[^2].StartsWith("end ", StringComparison.Ordinal), $"the run on {node} has ended");
        return node.RunJournals().Split('\n')[^2]["end ".Length..];
    }

    public static bool HasPackage(this LabNode node, string name) =>
        node.Run($"dpkg-query --show --showformat='${{db:Status-Abbrev}}' {name}").Output.TrimEnd() == "ii";

    /// <summary>How often dpkg has begun to install a package.</summary>
    public static int Installations(this LabNode node, string package) => node.ReadFile("/var/log/dpkg.log").Split('\n')
        .Count(line => line.Contains($" install {package}:", StringComparison.Ordinal));

    public static string Sysctl(this LabNode node, string key) => node.Must($"sysctl -n {key}").TrimEnd();

    /// <summary>What systemd itself takes as the settings of journald.</summary>
    public static IReadOnlyDictionary<string, string> JournalSettings(this LabNode node)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in node.Must("systemd-analyze cat-config systemd/journald.conf").Split('\n'))
        {
            if (!line.StartsWith('#') && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            {
                settings[line[..equals]] = line[(equals + 1)..];
            }
        }

        return settings;
    }

    /// <summary>How often somebody has logged in since the node started; to ask is a login too.</summary>
    public static int Logins(this LabNode node) => int.Parse(
        node.Must("journalctl --sync && journalctl --boot --no-pager --output=cat --unit=ssh.service | grep -c '^Accepted publickey'"),
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Which life of a service this is, and since when.</summary>
    public static string LifeOf(this LabNode node, string unit) =>
        node.Must($"systemctl show --property=InvocationID,ActiveEnterTimestampMonotonic {unit}");
}
