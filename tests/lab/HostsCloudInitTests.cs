namespace KubePrep.Lab.Tests;

/// <summary>The map outlives a boot on which cloud-init writes the hosts file anew; it is cloud-init itself that does.</summary>
public sealed class HostsCloudInitTests(Lab lab)
{
    private const string Configuration = "/etc/cloud/cloud.cfg.d/99-kubeprep.cfg";
    private const string Template = "/etc/cloud/templates/hosts.debian.tmpl";

    /// <summary>Installs it as a provider's image has it, and keeps it from changing anything but the hosts file.</summary>
    private const string Install =
        """
        set -e
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends cloud-init
        echo 'datasource_list: [NoCloud, None]' >/etc/cloud/cloud.cfg.d/90_dpkg.cfg
        echo 'cloud_init_modules: [update_etc_hosts]' >/etc/cloud/cloud.cfg.d/90_lab.cfg
        mkdir -p /var/lib/cloud/seed/nocloud
        """;

    /// <summary>What a boot does, as far as it concerns the hosts file.</summary>
    private const string Boot = "cloud-init init --local && cloud-init init";

    /// <summary>When the hosts file was written, and whether it is another one.</summary>
    private const string Written = "stat --format='%i %z' /etc/hosts";

    [Fact]
    public void The_map_is_there_after_a_boot_whoever_told_cloud_init_to_write_the_file()
    {
        using var site = new HostsSite(lab, 2);
        var (lines, node) = (site.Lines(), site.Nodes[1]);
        var name = node.Name;
        node.Must(Install);
        node.WriteFile("/etc/cloud/cloud.cfg.d/01_debian_cloud.cfg", "apt:\n   generate_mirrorlists: true\nmanage_etc_hosts: true\n");
        SetUserData(node, "a", "#cloud-config\n{}\n");
        node.Must(Boot);
        Assert.Contains($"127.0.1.1 {name}", node.HostsText(), StringComparison.Ordinal);

        var first = site.Sync(lines).Expect(0).Of(node);

        Assert.Equal("Changed", first.Status());
        Assert.Equal(["/etc/hosts", Configuration, Template], first.Changes().Select(change => change.Text("target")));
        Assert.Contains(
            "cloud-init writes /etc/hosts at boot (manage_etc_hosts: true in /etc/cloud/cloud.cfg.d/01_debian_cloud.cfg)",
            Assert.Single(first.Warnings()),
            StringComparison.Ordinal);
        Assert.EndsWith("\nmanage_etc_hosts: false\npreserve_hostname: true\n", node.ReadFile(Configuration), StringComparison.Ordinal);
        Assert.Equal(site.Nodes[0].Block(), HostsFiles.Split(node.ReadFile(Template)).Block);
        Assert.Contains("\n#127.0.1.1 {{fqdn}} {{hostname}}\n", node.ReadFile(Template), StringComparison.Ordinal);
        AssertSettled(site, lines);

        // the next boot, on which it would have written the file
        var (before, written) = (node.HostsText(), node.Must(Written));
        node.Must(Boot);
        Assert.Equal(written, node.Must(Written));

        // what the machine's user data say outranks the configuration, and then the template is what counts
        SetUserData(node, "b", "#cloud-config\nmanage_etc_hosts: true\n");
        node.SetHostsText("127.0.0.1 localhost\n");
        node.Must(Boot);
        Assert.Equal(before, node.HostsText());
        AssertFound(site);
        AssertSettled(site, lines);

        // a later map comes into the template too
        InventoryLine[] renamed = [lines[0], new(node, "renamed-2")];
        var later = site.Sync(renamed).Expect(0).Of(node);
        Assert.Equal(["/etc/hosts", Template], later.Changes().Select(change => change.Text("target")));
        Assert.Contains("/cloud-config.txt): that outranks /etc/cloud/cloud.cfg.d/99-kubeprep.cfg", Assert.Single(later.Warnings()), StringComparison.Ordinal);
        node.Must(Boot);
        AssertFound(site);
        Assert.Contains($"{node.Address} renamed-2 {name}", node.Rows());
    }

    /// <summary>Gives the machine other user data, as a new instance: of one that it knows, cloud-init does not read them again.</summary>
    private static void SetUserData(FleetNode node, string instance, string text)
    {
        node.WriteFile("/var/lib/cloud/seed/nocloud/user-data", text);
        node.WriteFile("/var/lib/cloud/seed/nocloud/meta-data", $"instance-id: {instance}\nlocal-hostname: {node.Name}\n");
        node.Must("cloud-init clean");
    }

    private static void AssertFound(HostsSite site)
    {
        var node = site.Nodes[1];
        Assert.Equal(site.Nodes[0].Block(), node.Block());
        Assert.All(
            site.Nodes,
            other => Assert.Equal($"{other.Address}\n", node.Must($"getent ahostsv4 {other.Name} | awk '{{print $1}}' | sort -u")));
    }

    private static void AssertSettled(HostsSite site, IReadOnlyList<InventoryLine> lines)
    {
        var again = site.Sync(lines).Expect(0);
        Assert.All(again.Rows, row => Assert.Equal("Compliant", row.Status()));
        Assert.All(again.Rows, row => Assert.Empty(row.Warnings()));
    }
}
