using System.Diagnostics;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Facts;
using KubePrep.HostsFile;
using KubePrep.Inventory;
using static KubePrep.Core.Tests.HostsMapTests;

namespace KubePrep.Core.Tests;

public sealed class HostsMapReducerTests
{
    private static readonly string[] Addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.10", "2001:db8::1", "2001:db8::2"];
    private static readonly string[] Names = ["node-1", "NODE-1", "node-10", "gpu-node-1", "node-1.example.org", "n", "db"];

    private static Gen<string> Row { get; } =
        from address in Gen.Frequency((9, Gen.Elements(Addresses)), (1, Gen.Elements("127.0.0.1", "::ffff:10.0.0.1", "fe80::1")))
        from count in Gen.Choose(1, 3)
        from names in Gen.Frequency((12, Gen.Elements(Names)), (1, Gen.Elements("localhost", "\u001b[1m", "10.0.0.7"))).ListOf(count)
        select $"{address} {string.Join(' ', names)}";

    private static Gen<Node> Absent { get; } =
        from name in Gen.Elements([null, "", .. Names])
        from host in Gen.Elements([.. Names, .. Addresses, "127.0.0.1"])
        from count in Gen.Choose(0, 2)
        from addresses in Gen.Elements(Addresses).ListOf(count)
        select new Node(host) { NodeName = name, IPAddress = [.. addresses] };

    [Fact]
    public void The_nodes_rows_come_in_and_others_stay()
    {
        var reduction = Reduce("10.0.0.9 other,fd00::9 other", ["10.0.0.1,fd00::1 node-1.example.org node-1", "10.0.0.2 node-2"]);
        Assert.Equal(
            [
                "10.0.0.1 node-1.example.org node-1", "10.0.0.2 node-2", "10.0.0.9 other", "fd00::1 node-1.example.org node-1", "fd00::9 other",
            ],
            Texts(reduction.Map.Entries));
        Assert.Equal(["10.0.0.9 other", "fd00::9 other"], Texts(reduction.Kept));
    }

    [Theory]
    [InlineData("10.0.0.1 old-name", "its name has changed")]
    [InlineData("10.0.0.99 node-1", "its address has changed")]
    [InlineData("10.0.0.99 alias NODE-1", "its address has changed")]
    [InlineData("10.0.0.1 node-1,fd00::1 node-1", "it has lost its IPv6")]
    [InlineData("::ffff:10.0.0.1 old-name", "its address was written in another way")]
    public void A_nodes_old_rows_go(string existing, string why)
    {
        var reduction = Reduce(existing, ["10.0.0.1 node-1"]);
        Assert.True(Texts(reduction.Map.Entries) is ["10.0.0.1 node-1"], why);
        Assert.Empty(reduction.Kept);
        Assert.Empty(reduction.Pruned);
    }

    [Theory]
    [InlineData("gpu-node-1")]
    [InlineData("node-10")]
    [InlineData("node-1.example.org")]
    [InlineData("node")]
    [InlineData("n")]
    public void Names_are_compared_as_a_whole(string other)
    {
        Assert.Equal([$"10.0.0.11 {other}"], Texts(Reduce($"10.0.0.11 {other}", ["10.0.0.1 node-1"]).Kept));
        Assert.Equal(["node-1"], Reduce($"10.0.0.11 {other}", [], [new Node("node-1")]).Missing.Select(node => node.HostName));
    }

    [Fact]
    public void Rows_of_no_node_are_pruned_on_request()
    {
        var reduction = Reduce("10.0.0.9 other,10.0.0.5 node-5", ["10.0.0.1 node-1"], [new Node("10.0.0.5")], prune: true);
        Assert.Equal(["10.0.0.9 other"], Texts(reduction.Pruned));
        Assert.Equal(["10.0.0.5 node-5"], Texts(reduction.Previous));
        Assert.Empty(reduction.Kept);
        Assert.Equal(["10.0.0.1 node-1", "10.0.0.5 node-5"], Texts(reduction.Map.Entries));
    }

    [Theory]
    [InlineData("node-5", "x", "")]
    [InlineData("NODE-5", "x", "")]
    [InlineData(null, "node-5", "")]
    [InlineData(null, "node-5.example.org", "")]
    [InlineData(null, "10.0.0.5", "")]
    [InlineData(null, "fd00:0::5", "")]
    [InlineData(null, "::ffff:10.0.0.5", "")]
    [InlineData(null, "x", "10.0.0.5")]
    [InlineData("", "", "10.0.0.99,FD00::5")]
    public void An_absent_nodes_rows_stay_all(string? name, string host, string addresses)
    {
        var node = new Node { NodeName = name, HostName = host, IPAddress = addresses.Split(',', StringSplitOptions.RemoveEmptyEntries) };
        const string Existing = "10.0.0.5 node-5.example.org node-5,fd00::5 node-5.example.org node-5,10.0.0.6 n";
        var reduction = Reduce(Existing, ["10.0.0.1 n-1"], [node], prune: true);
        Assert.Equal(["10.0.0.5 node-5.example.org node-5", "fd00::5 node-5.example.org node-5"], Texts(reduction.Previous));
        Assert.Equal(["10.0.0.6 n"], Texts(reduction.Pruned));
        Assert.Empty(reduction.Missing);
    }

    [Fact]
    public void A_node_of_the_run_takes_what_an_absent_one_had()
    {
        var node = new Node("10.0.0.5") { NodeName = "node-5" };
        var reduction = Reduce("10.0.0.5 node-5", ["10.0.0.5 node-6"], [node]);
        Assert.Equal(["10.0.0.5 node-6"], Texts(reduction.Map.Entries));
        Assert.Empty(reduction.Previous);
        Assert.Same(node, Assert.Single(reduction.Missing));
    }

    [Theory]
    [InlineData("127.0.0.1 other", "127.0.0.1 other", "")]
    [InlineData("fe80::1 other", "fe80::1 other", "")]
    [InlineData("10.0.0.9 localhost", "10.0.0.9 localhost", "")]
    [InlineData("10.0.0.9 other ip6-loopback x.localhost", "10.0.0.9 ip6-loopback x.localhost", "10.0.0.9 other")]
    [InlineData("10.0.0.9 \u001b[1m other", "10.0.0.9 \u001b[1m", "10.0.0.9 other")]
    public void What_no_map_may_hold_goes(string existing, string refused, string kept)
    {
        var reduction = Reduce(existing, ["10.0.0.1 node-1"]);
        Assert.Equal([refused], Texts(reduction.Refused));
        Assert.Equal(kept, string.Join(',', Texts(reduction.Kept)));
    }

    [Fact]
    public void The_second_run_changes_nothing_and_no_row_is_lost_unnoticed() => Property.Holds(
        from count in Gen.Choose(0, 8)
        from rows in Row.ListOf(count)
        from owned in Gen.Choose(0, 3)
        from absentCount in Gen.Choose(0, 3)
        from absent in Absent.ListOf(absentCount)
        from prune in Gen.Elements(true, false)
        select (Rows: string.Join(',', rows), Owned: owned, Absent: absent, Prune: prune),
        run =>
        {
            // no two nodes claim the same
            string[] nodes =
                [.. ((string[])["10.0.0.1,2001:db8::1 node-1.example.org node-1", "10.0.0.2 gpu-node-1", "10.0.0.10 n"]).Take(run.Owned)];
            var first = Reduce(run.Rows, nodes, run.Absent, run.Prune);
            var again = HostsMapReducer.Reduce(first.Map.Entries, [.. nodes.Select(Identity)], [.. run.Absent], run.Prune);
            Assert.Equal(Texts(first.Map.Entries), Texts(again.Map.Entries));
            Assert.Empty(again.Refused);
            Assert.Empty(again.Pruned);

            List<HostsEntry> own = [.. nodes.SelectMany(node => Identity(node).Entries)];
            Assert.All(own, row => Assert.Contains(row.ToString(), Texts(first.Map.Entries)));
            Assert.Equal(HostsMap.Of([.. own, .. first.Kept, .. first.Previous]).Entries.Count, first.Map.Entries.Count);
            var known = nodes.SelectMany(node => node.Split(' ', ',')).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var row in Entries(run.Rows))
            {
                var address = HostsAddress.Normalize(row.Address);
                var isClaimed = known.Contains(address.ToString()) || row.Names.Any(known.Contains);
                var isSaidOf = first.Kept.Concat(first.Previous).Concat(first.Pruned).Concat(first.Refused)
                    .Any(said => HostsAddress.Normalize(said.Address).Equals(address) && said.Names.All(row.Names.Contains));
                Assert.True(isClaimed || isSaidOf, $"what became of {row}?");
            }

            Assert.All(first.Map.Entries.SelectMany(row => row.Names), name => Assert.Null(HostsNameRules.Fault(name)));
            Assert.Empty(run.Prune ? first.Kept : first.Pruned);
        },
        cases: 1000);

    [Fact]
    public void A_thousand_nodes_take_no_time()
    {
        List<NodeIdentity> nodes = [.. Enumerable.Range(0, 1000).Select(i => Identity($"{Address("10.0", i)},fd00::{i:x} node-{i}.example.org node-{i}"))];
        var others = string.Join(',', Enumerable.Range(1, 1000).Select(i => $"{Address("192.168", i)} old-{i}"));
        List<HostsEntry> existing = [.. nodes.Take(500).SelectMany(node => node.Entries), .. Entries(others)];
        List<Node> absent = [.. Enumerable.Range(1, 1000).Select(i => new Node($"old-{i}"))];
        var clock = Stopwatch.StartNew();
        HostsMapConflicts.Check(nodes);
        var reduction = HostsMapReducer.Reduce(existing, nodes, absent, prune: true);
        Assert.Equal(3000, reduction.Map.Entries.Count);
        Assert.Equal(1000, reduction.Previous.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"it took {clock.Elapsed}");
    }

    /// <summary>A node, written as its addresses with commas between them, and its names.</summary>
    internal static NodeIdentity Identity(string text)
    {
        var fields = text.Split(' ');
        return new NodeIdentity(new Node(fields[^1]), [.. fields[0].Split(',').Select(IPAddress.Parse)], fields[1..]);
    }

    private static string Address(string prefix, int number) => $"{prefix}.{number / 250}.{(number % 250) + 1}";

    private static HostsReduction Reduce(string existing, string[] nodes, IReadOnlyList<Node>? absent = null, bool prune = false) =>
        HostsMapReducer.Reduce(Entries(existing), [.. nodes.Select(Identity)], absent ?? [], prune);
}
