using System.Diagnostics;
using System.Net;
using KubePrep.HostsFile;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

public sealed class HostsMapConflictTests
{
    [Fact]
    public void Nodes_of_their_own_are_at_peace()
    {
        HostsMapConflicts.Check([]);
        HostsMapConflicts.Check(
        [
            Identity("h1", "10.0.0.1,fd00::1", "node-1.example.org node-1"), Identity("h2", "10.0.0.2", "gpu-node-1"),
            Identity("h3", "10.0.0.10", "node-10"),
        ]);
    }

    [Fact]
    public void A_name_that_two_have_is_a_conflict()
    {
        var error = Conflict(Identity("h1", "10.0.0.1", "debian"), Identity("h2", "10.0.0.2", "DEBIAN"));
        Assert.Equal("The hosts map would be ambiguous, and was not changed: 'h1' and 'h2' both have the name DEBIAN.", error.Message);
        Assert.Equal(
            "Give each node a host name of its own; Invoke-KpNodePreparation -SetHostName (kubeprep prepare --set-hostname) sets it to its NodeName.",
            error.RecommendedAction);
        Assert.Equal("h2", error.Target);
    }

    [Fact]
    public void An_address_that_two_have_is_a_conflict()
    {
        var error = Conflict(Identity("h1", "10.0.0.1,fd00::1", "node-1"), Identity("h2", "10.0.0.2,fd00::1", "node-2"));
        Assert.Contains("'h1' and 'h2' both have the address fd00::1.", error.Message, StringComparison.Ordinal);
        Assert.Equal("Give each node an address of its own, or its IPAddress, if the one it was found by is not.", error.RecommendedAction);
    }

    [Fact]
    public void All_that_two_have_in_common_is_named()
    {
        var error = Conflict(Identity("h1", "10.0.0.1,10.0.0.2,10.0.0.3", "n.a n", "k1"), Identity("h2", "10.0.0.1,10.0.0.2", "n.a n", "k1"));
        Assert.Contains(
            "'k1 (h1)' and 'k1 (h2)' both have the names n.a, n and the addresses 10.0.0.1, 10.0.0.2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_is_given_twice_is_told_from_two()
    {
        var error = Conflict(Identity("h1", "10.0.0.1", "n"), Identity("h1", "10.0.0.1", "n"));
        Assert.Contains(": 'h1' is given twice.", error.Message, StringComparison.Ordinal);
        Assert.Equal("Give each node once.", error.RecommendedAction);

        error = Conflict(Identity("h1", "10.0.0.1", "n"), Identity("alias", "10.0.0.1", "n"));
        Assert.Contains(
            "'h1' and 'alias' look like one node that is given twice: both have the name n and the address 10.0.0.1.",
            error.Message, StringComparison.Ordinal);
        Assert.Equal("Give each node once.", error.RecommendedAction);
    }

    [Fact]
    public void A_name_that_all_have_makes_a_short_message_at_once()
    {
        NodeIdentity[] nodes = [.. Enumerable.Range(0, 1000).Select(i => Identity($"h{i}", $"10.0.{i / 250}.{i % 250}", "debian.example.org debian"))];
        var clock = Stopwatch.StartNew();
        var error = Conflict(nodes);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"it took {clock.Elapsed}");
        Assert.Contains("'h0' and 'h10' both have the names debian.example.org, debian, and 989 more.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("h11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_way_out_is_named_once()
    {
        var error = Conflict(
            Identity("h1", "10.0.0.1", "a"), Identity("h2", "10.0.0.2", "a"), Identity("h3", "10.0.0.3", "a"),
            Identity("h4", "10.0.0.1", "d"), Identity("h3", "10.0.0.3", "a"));
        Assert.Equal(3, error.RecommendedAction.Split("Give each node").Length - 1);
    }

    private static KubePrepException Conflict(params NodeIdentity[] nodes) =>
        Expect.Error(ErrorId.HostsMapConflict, () => HostsMapConflicts.Check(nodes));

    private static NodeIdentity Identity(string host, string addresses, string names, string? name = null) =>
        new(new Node(host) { NodeName = name }, [.. addresses.Split(',').Select(IPAddress.Parse)], names.Split(' '));
}
