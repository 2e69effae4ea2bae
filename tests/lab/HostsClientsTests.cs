namespace KubePrep.Lab.Tests;

/// <summary>Several clients that send a map of the same nodes at once.</summary>
public sealed class HostsClientsTests(Lab lab, HostsFleet fleet) : IClassFixture<HostsFleet>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Ends the session of the client that holds the lock; others only wait for it, with the same file open.</summary>
    private const string EndHolder =
        """
        id=$(pgrep -ax tail | sed -n 's/.* --pid=\([0-9]*\) -s 0.1 .*/\1/p')
        until [ "$(cat /proc/$id/comm)" = sshd ]; do
            id=$(awk '/^PPid:/ { print $2 }' /proc/$id/status)
        done
        kill -9 $id && echo ended
        """;

    [Fact]
    public void Two_clients_with_lists_that_overlap_make_one_map_of_both()
    {
        const int Rounds = 3;
        var site = fleet.In(lab);
        var lines = site.Lines();
        for (var round = 0; round < Rounds; round++)
        {
            site.Restore();
            using var first = site.StartSync([lines[0], lines[1], lines[2]]);
            using var second = site.StartSync([lines[0], lines[1], lines[3]]);

            var results = new[] { first, second }.Select(client => client.WaitForExit(Limit).Expect(0)).ToList();

            // whichever was second has seen what the first had added, and has sent it to what they have in common
            Assert.All(site.Nodes.Take(2), node => Assert.Equal(Rows(lines), node.Rows()));
            Assert.All([site.Nodes[2], site.Nodes[3]], (node, index) => Assert.Contains(Row(lines[index + 2]), node.Rows()));
            Assert.Equal([3, 4], site.Nodes.Skip(2).Select(node => node.Rows().Count).Order());
            Assert.All(results, result => Assert.Equal(3, result.Rows.Count));
        }
    }

    [Fact]
    public void Many_clients_with_one_list_make_one_map()
    {
        const int Clients = 5;
        var site = fleet.In(lab);
        var lines = site.Lines();
        var clients = Enumerable.Range(0, Clients).Select(_ => site.StartSync(lines)).ToList();
        try
        {
            Assert.All(clients, client => client.WaitForExit(Limit).Expect(0));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        Assert.All(site.Nodes, node => Assert.Equal(Rows(lines), node.Rows()));
        Assert.Single(site.Nodes.Select(node => node.Block()).Distinct());
        Assert.All(site.Sync(lines).Expect(0).Rows, row => Assert.Equal("Compliant", row.Status()));
    }

    [Fact]
    public void A_client_that_loses_its_connection_while_it_holds_the_lock_says_so_and_does_not_stop_others()
    {
        var site = fleet.In(lab);
        var (lines, slow) = (site.Lines(), site.Nodes[1]);
        using var held = new HeldHostsLock(site.Nodes[0]);
        using var first = site.StartSync(lines);
        HeldHostsLock.AwaitWaiting(first);
        slow.Freeze();
        held.Release();
        Wait.Until(() => site.Nodes[3].Block().Length > 0, "the client sends the map, and holds the lock until the slow node answers");
        using var second = site.StartSync([lines[0], lines[2], lines[3]], "--prune");
        HeldHostsLock.AwaitWaiting(second);

        Assert.Equal("ended\n", site.Nodes[0].Must(EndHolder));

        second.WaitForExit(Limit).Expect(0);
        Assert.Equal(Rows([lines[0], lines[2], lines[3]]), site.Nodes[0].Rows());
        slow.Thaw();
        Assert.Contains("[ConnectionLost]", first.WaitForExit(Limit).Error, StringComparison.Ordinal);

        // the slow node may have got the first one's map, or not; the next run ends that
        site.Sync(lines).Expect(0);
        Assert.All(site.Nodes, node => Assert.Equal(Rows(lines), node.Rows()));
    }

    private static string Row(InventoryLine line) => $"{line.Node.Address} {line.Name} {line.Node.Name}";

    private static IEnumerable<string> Rows(IEnumerable<InventoryLine> lines) => lines.Select(Row);
}
