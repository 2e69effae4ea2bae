namespace KubePrep.Lab.Tests;

/// <summary>Nodes that cannot be asked, or whose hosts files do not let themselves be replaced.</summary>
public sealed class HostsFaultTests(Lab lab, HostsFleet fleet) : IClassFixture<HostsFleet>
{
    [Fact]
    public void A_node_that_is_down_stops_the_map_unless_a_part_of_it_is_allowed()
    {
        var site = fleet.In(lab);
        var (lines, down) = (site.Lines(), site.Nodes[2]);
        site.Sync(lines).Expect(0);
        InventoryLine[] renamed = [lines[0], new(site.Nodes[1], "renamed-2"), .. lines.Skip(2)];
        var before = Files(site);
        down.Stop();
        try
        {
            var refused = site.Sync(renamed, "--connection-timeout", "5").Expect(3);

            Assert.Equal(["Skipped", "Skipped", "Unreachable", "Skipped"], site.Nodes.Select(node => refused.Of(node).Status()));
            Assert.Contains("[HostsMapIncomplete]", refused.Error, StringComparison.Ordinal);
            Assert.Contains("'worker-3' could not be asked", refused.Error, StringComparison.Ordinal);
            Assert.Equal(before, Files(site));

            var partial = site.Sync(renamed, "--allow-partial", "--prune", "--connection-timeout", "5").Expect(3);

            string[] rows = [Row(lines[0]), Row(renamed[1]), Row(lines[2]), Row(lines[3])];
            Assert.Equal(["Changed", "Changed", "Unreachable", "Changed"], site.Nodes.Select(node => partial.Of(node).Status()));
            Assert.All(site.Nodes.Where(node => node != down), node => Assert.Equal(rows, node.Rows()));
            Assert.Contains(
                $"The hosts map keeps the row '{Row(lines[2])}' of a node that could not be asked", partial.Error, StringComparison.Ordinal);
            Assert.Equal(before[2], down.HostsText());

            // one that no map has ever had is missing, and said to be
            site.Restore();
            var missing = site.Sync(lines, "--allow-partial", "--connection-timeout", "5").Expect(3);
            Assert.Contains("The hosts map has no row of 'worker-3'", missing.Error, StringComparison.Ordinal);
            Assert.Equal([Row(lines[0]), Row(lines[1]), Row(lines[3])], site.Nodes[3].Rows());
        }
        finally
        {
            down.Start();
        }

        site.Sync(lines).Expect(0);
        Assert.All(site.Nodes, node => Assert.Equal(lines.Select(Row), node.Rows()));
    }

    [Fact]
    public void Master_0_that_is_down_stops_the_map_in_any_case()
    {
        var site = fleet.In(lab);
        var before = Files(site);
        site.Nodes[0].Must("systemctl stop ssh.service");
        try
        {
            var result = site.Sync(site.Lines(), "--allow-partial").Expect(3);

            Assert.Equal(["Unreachable", "Skipped", "Skipped", "Skipped"], site.Nodes.Select(node => result.Of(node).Status()));
            Assert.Contains("as it could not be collected on 'master-1'", result.Error, StringComparison.Ordinal);
            Assert.Equal(before, Files(site));
        }
        finally
        {
            site.Nodes[0].Stop();
            site.Nodes[0].Start();
        }
    }

    [Fact]
    public void A_file_that_is_mounted_is_written_in_place_and_one_that_is_immutable_is_left_alone_with_the_reason()
    {
        var site = fleet.In(lab);
        var (lines, mounted, immutable) = (site.Lines(), site.Nodes[1], site.Nodes[2]);
        mounted.Must("cp /etc/hosts /srv/hosts; chmod 640 /srv/hosts; mount --bind /srv/hosts /etc/hosts");
        immutable.Must("chattr +i /etc/hosts");
        try
        {
            var (inode, original) = (mounted.Must("stat --format='%i %a' /etc/hosts"), immutable.HostsText());

            var result = site.Sync(lines).Expect(1);

            Assert.Equal(["Changed", "Changed", "Failed", "Changed"], site.Nodes.Select(node => result.Of(node).Status()));
            Assert.Equal(inode, mounted.Must("stat --format='%i %a' /etc/hosts"));
            Assert.Contains(site.Nodes[0].Block(), mounted.ReadFile("/etc/hosts"), StringComparison.Ordinal);
            Assert.Equal($"{site.Nodes[3].Address}\n", mounted.Must("getent hosts worker-4 | awk '{print $1}'"));
            result.ExpectError(immutable.Address, "StepFailed", "/etc/hosts is immutable", "chattr -ia /etc/hosts");
            Assert.Equal(original, immutable.HostsText());
            Assert.Equal("", immutable.Must("find /etc -name '*.kubeprep-*'"));
            Assert.Equal(site.Nodes[0].Block(), site.Nodes[3].Block());
        }
        finally
        {
            immutable.Must("chattr -i /etc/hosts");
            mounted.Must("umount /etc/hosts");
        }

        // what was mounted has gone, and with it the map
        var next = site.Sync(lines).Expect(0);
        Assert.Equal(["Compliant", "Changed", "Changed", "Compliant"], site.Nodes.Select(node => next.Of(node).Status()));
    }

    [Fact]
    public void A_block_without_its_end_fails_that_node_alone_and_is_not_touched()
    {
        var site = fleet.In(lab);
        var damaged = site.Nodes[1];
        damaged.SetHostsText("127.0.0.1 localhost\n# BEGIN KUBEPREP\n10.1.1.1 half\n");

        var result = site.Sync(site.Lines(), "--allow-partial").Expect(1);

        result.ExpectError(damaged.Address, "InvalidHostsFile", "line 2");
        Assert.Equal("127.0.0.1 localhost\n# BEGIN KUBEPREP\n10.1.1.1 half\n", damaged.HostsText());
        Assert.Equal(site.Nodes[0].Block(), site.Nodes[3].Block());
    }

    private static string Row(InventoryLine line) => $"{line.Node.Address} {line.Name} {line.Node.Name}";

    private static List<string> Files(HostsSite site) => [.. site.Nodes.Select(node => node.HostsText())];
}
