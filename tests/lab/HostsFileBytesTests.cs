using System.Globalization;

namespace KubePrep.Lab.Tests;

/// <summary>Of what a hosts file holds besides the map no byte changes, nor who may read and write it.</summary>
public sealed class HostsFileBytesTests(Lab lab)
{
    private const int Together = 10;
    private const int Rounds = 5;
    private static readonly string[] Modes = ["644", "640", "600", "664", "755"];

    [Fact]
    public void Only_the_block_and_the_nodes_own_loopback_row_change()
    {
        using var site = new HostsSite(lab, Together);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KUBEPREP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 20231;
        for (var round = 0; round < Rounds; round++)
        {
            Run(site, new Random(seed + round), $"KUBEPREP_SEED={seed}, round {round}");
        }
    }

    private static void Run(HostsSite site, Random random, string name)
    {
        var files = site.Nodes.Select(node => new RandomHostsFile(random, node.Name)).ToList();
        foreach (var (node, file) in site.Nodes.Zip(files))
        {
            var path = node.PathOf("/etc/hosts");
            node.SetHostsText(file.Text);
            Tool.Must("setfacl", "--remove-all", path);
            Tool.Must("chmod", Modes[random.Next(Modes.Length)], path);
            Tool.Must("chown", string.Create(CultureInfo.InvariantCulture, $"{random.Next(2) * 1000}:{random.Next(2) * 1001}"), path);
            if (random.Next(2) == 0)
            {
                Tool.Must("setfacl", "--modify", "user:1002:rw,group:1001:r", path);
            }
        }

        var before = site.Nodes.Select(Access).ToList();

        // names that no other round has, so that there is a map to send in each
        var lines = site.Lines().Select(line => line with { Name = string.Create(CultureInfo.InvariantCulture, $"{line.Name}-{random.Next(1000)}") }).ToList();
        var result = site.Sync(lines, "--prune").Expect(0);

        Assert.All(site.Nodes.Zip(files), (pair, index) =>
        {
            var ((node, file), story) = (pair, $"{name}, node {index}:\n{pair.Second.Text}\n---\n{pair.First.HostsText()}\n{result}");
            var (block, outside) = HostsFiles.Split(node.HostsText());
            Assert.True(outside == file.Outside, $"{story}\n--- and not\n{file.Outside}");
            Assert.True(block == site.Nodes[0].Block(), story);
            Assert.True(Access(node) == before[index], $"{story}\n{Access(node)} and not {before[index]}");
        });
        Assert.Equal(Together, site.Nodes[0].Rows().Count);
    }

    private static string Access(FleetNode node)
    {
        var path = node.PathOf("/etc/hosts");
        return Tool.Must("stat", "--format=%u:%g %a", path) + Tool.Must("getfacl", "--numeric", "--absolute-names", "--omit-header", path);
    }
}
