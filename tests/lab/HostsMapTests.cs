namespace KubePrep.Lab.Tests;

/// <summary>Nodes find each other by name, and a run that finds them so changes nothing.</summary>
public sealed class HostsMapTests(Lab lab)
{
    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void Every_node_finds_every_node_by_its_name(int count)
    {
        using var site = new HostsSite(lab, count);
        var (lines, named) = (site.Lines(), site.Nodes[1]);
        named.SetHostsText($"127.0.0.1 localhost\n127.0.1.1 {named.Name}.example.org {named.Name}\n");
        var bare = Traces(site);
        var before = Files(site);

        var whatIf = site.Sync(lines, "--what-if").Expect(0);

        Assert.All(lines, line =>
        {
            var row = whatIf.Of(line.Node);
            Assert.Equal(("Drifted", count), (row.Status(), row.GetProperty("added").GetInt32()));
            var diff = Assert.Single(row.Changes()).Text("diff");
            Assert.All(lines, other => Assert.Contains($"\n+{RowOf(other, named)}\n", diff, StringComparison.Ordinal));
        });
        Assert.Equal(bare, Traces(site));
        Assert.Equal(before, Files(site));

        var first = site.Sync(lines).Expect(0);

        Assert.All(first.Rows, row => Assert.Equal(("Changed", count), (row.Status(), row.GetProperty("added").GetInt32())));
        Assert.All(lines, line => Assert.Equal(
            whatIf.Of(line.Node).GetProperty("changes").GetRawText(), first.Of(line.Node).GetProperty("changes").GetRawText()));
        AssertResolved(lines, named);
        Assert.Equal($"{named.Name}.example.org\n", named.Must("hostname -f"));
        Assert.All(site.Nodes, node => Assert.Contains("\n#127.0.1.1", node.HostsText(), StringComparison.Ordinal));

        var (sent, files) = (Traces(site), Files(site));
        var second = site.Sync(lines).Expect(0);

        Assert.All(second.Rows, row => Assert.Equal(("Compliant", 0), (row.Status(), row.Changes().Count)));
        Assert.Equal(count, second.Rows.Count);
        Assert.Equal(sent, Traces(site));
        Assert.Equal(files, Files(site));
    }

    /// <summary>Names that a careless search would take for parts of each other.</summary>
    [Fact]
    public void Names_that_begin_or_end_alike_are_different_names()
    {
        using var site = new HostsSite(lab, 3);
        var (first, second, third) = (site.Nodes[0], site.Nodes[1], site.Nodes[2]);
        InventoryLine[] lines = [new(first, "node-1"), new(second, "gpu-node-1"), new(third, "node-11")];

        site.Sync(lines).Expect(0);

        AssertResolved(lines);

        // one goes, one is renamed, and the third has to stay as it is
        InventoryLine[] fewer = [new(first, "node"), new(second, "gpu-node-1")];
        site.Sync(fewer, "--prune").Expect(0);

        Assert.Equal([$"{first.Address} node {first.Name}", $"{second.Address} gpu-node-1 {second.Name}"], first.Rows());
        Assert.Equal(first.Block(), second.Block());
        AssertResolved(fewer);
        Assert.Equal(2, second.Run("getent hosts node-1").ExitCode);
        Assert.Equal(2, second.Run("getent hosts node-11").ExitCode);

        // not one that is a part of it either
        InventoryLine[] back = [new(first, "node-1"), new(third, "node-111")];
        site.Sync(back).Expect(0);

        Assert.Equal(
            [$"{first.Address} node-1 {first.Name}", $"{second.Address} gpu-node-1 {second.Name}", $"{third.Address} node-111 {third.Name}"],
            first.Rows());
    }

    /// <summary>Fails unless each node finds each by all its names, itself too, and all have one block.</summary>
    private static void AssertResolved(IReadOnlyList<InventoryLine> lines, FleetNode? named = null)
    {
        var (names, addresses) = (
            lines.SelectMany(line => RowOf(line, named).Split(' ')[1..]).ToList(),
            lines.SelectMany(line => RowOf(line, named).Split(' ')[1..].Select(_ => line.Node.Address)).ToList());
        var all = string.Join(' ', names);
        var script = string.Join('\n',
            $"getent hosts {all} | awk '{{ print $1 }}'",
            $"getent ahostsv4 {all} | awk '$2 == \"STREAM\" {{ print $1 }}'",
            "getent ahostsv4 $(hostname) | awk '{ print $1 }' | sort -u",
            "hostname -f",
            "sed -n '/^# BEGIN KUBEPREP/,/^# END KUBEPREP/p' /etc/hosts | sha256sum");
        var seen = lines.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(line => line.Node.Must(script).Split('\n')[..^1]).ToList();
        Assert.All(lines.Zip(seen), pair =>
        {
            var (line, answers) = pair;
            Assert.Equal([.. addresses, .. addresses, line.Node.Address, RowOf(line, named).Split(' ')[1], seen[0][^1]], answers);
        });
    }

    /// <summary>The row that the map has to have: the full name, if there is one, the name in the cluster, and the host name.</summary>
    private static string RowOf(InventoryLine line, FleetNode? named)
    {
        var full = line.Node == named ? $"{line.Node.Name}.example.org " : "";
        return $"{line.Node.Address} {full}{line.Name} {line.Node.Name}";
    }

    /// <summary>What each file holds, and when it was written.</summary>
    private static List<string> Files(HostsSite site) =>
        [.. site.Nodes.Select(node => $"{File.GetLastWriteTimeUtc(node.PathOf("/etc/hosts")):O}\n{node.HostsText()}")];

    /// <summary>All traces that a run could leave on the first nodes.</summary>
    private static List<string> Traces(HostsSite site) => [.. site.Nodes.Take(3).Select(node => node.Traces())];
}
