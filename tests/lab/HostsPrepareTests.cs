using System.Text.Json;

namespace KubePrep.Lab.Tests;

/// <summary>An inventory's nodes are prepared, and given each other's names in the end.</summary>
public sealed class HostsPrepareTests(Lab lab, HostsFleet fleet) : IClassFixture<HostsFleet>
{
    private const string Profile = "sysctl:\n  net.ipv4.ip_forward: 1\n";

    [Fact]
    public void Preparing_an_inventory_ends_with_the_map_and_costs_no_further_connection_where_it_is_right()
    {
        var site = fleet.In(lab);
        var lines = site.Lines();

        var skipped = Prepare(site, lines, "--skip-hosts").Expect(0);

        Assert.Empty(HostsRows(skipped));
        Assert.All(site.Nodes, node => Assert.Equal("", node.Block()));

        var looked = Prepare(site, lines, "--what-if").Expect(0);

        Assert.All(HostsRows(looked), row => Assert.Equal("Drifted", row.Status()));
        Assert.All(site.Nodes, node => Assert.Equal("", node.Block()));

        var first = Prepare(site, lines).Expect(0);

        Assert.Equal(8, first.Rows.Count);
        Assert.All(HostsRows(first), row => Assert.Equal("Changed", row.Status()));
        Assert.All(site.Nodes, node => Assert.Equal(Rows(lines), node.Rows()));

        var logins = site.Nodes.Select(node => node.Logins()).ToList();
        var second = Prepare(site, lines).Expect(0);

        Assert.All(HostsRows(second), row => Assert.Equal("Compliant", row.Status()));
        Assert.Equal(4, HostsRows(second).Count);
        // one of the run, and one that asks
        Assert.Equal(logins.Select(count => count + 2), site.Nodes.Select(node => node.Logins()));
    }

    [Fact]
    public void Names_that_are_set_are_in_the_map()
    {
        var site = fleet.In(lab);
        var lines = site.Lines();
        try
        {
            var result = site.Start("prepare", lines, "--set-hostname", "--step", "Hostname").WaitForExit(TimeSpan.FromMinutes(3)).Expect(0);

            Assert.Equal(8, result.Rows.Count);
            Assert.All(lines, line =>
            {
                Assert.Equal($"{line.Name}\n{line.Name}\n", line.Node.Must("hostname; cat /etc/hostname"));
                Assert.Equal(lines.Select(each => $"{each.Node.Address} {each.Name}"), line.Node.Rows());
                // the row of the name that is no longer the node's is not the map's to judge
                Assert.Contains($"127.0.1.1\t{line.Node.Name}\n", line.Node.HostsText(), StringComparison.Ordinal);
                Assert.Equal($"{line.Name}\n{line.Node.Address}\n", line.Node.Must("hostname -f; hostname -i"));
            });
        }
        finally
        {
            foreach (var node in site.Nodes)
            {
                node.Must($"hostname {node.Name}; echo {node.Name} >/etc/hostname");
            }
        }
    }

    [Fact]
    public void A_node_that_cannot_be_prepared_for_want_of_a_connection_stops_the_map_too()
    {
        var site = fleet.In(lab);
        site.Nodes[3].Stop();
        try
        {
            var result = Prepare(site, site.Lines(), "--connection-timeout", "5").Expect(3);

            Assert.Contains("[HostsMapIncomplete]", result.Error, StringComparison.Ordinal);
            Assert.Equal(["Skipped", "Skipped", "Skipped", "Unreachable"], HostsRows(result).Select(row => row.Status()).Order());
            Assert.All(site.Nodes, node => Assert.Equal("", node.Block()));
        }
        finally
        {
            site.Nodes[3].Start();
        }
    }

    private static ToolResult Prepare(HostsSite site, IReadOnlyList<InventoryLine> lines, params IEnumerable<string> more)
    {
        var profile = Path.Join(site.Controller.Home, "profile.yaml");
        File.WriteAllText(profile, Profile);
        using var client = site.Start("prepare", lines, ["--profile", profile, .. more]);
        return client.WaitForExit(TimeSpan.FromMinutes(3));
    }

    /// <summary>The rows about hosts files: those of the preparation tell steps.</summary>
    private static IReadOnlyList<JsonElement> HostsRows(ToolResult result) => [.. result.Rows.Where(row => !row.TryGetProperty("steps", out _))];

    private static IEnumerable<string> Rows(IEnumerable<InventoryLine> lines) => lines.Select(line => $"{line.Node.Address} {line.Name} {line.Node.Name}");
}
