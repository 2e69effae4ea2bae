namespace KubePrep.Lab.Tests;

/// <summary>Every file that KubePrep manages is damaged in every way, found out, and repaired; the others are left alone.</summary>
public sealed class DamageTests(DamageTests.Fleet fleet) : IClassFixture<DamageTests.Fleet>
{
    private const string Profile =
        """
        journal:
          SystemMaxUse: 2G
        sysctl:
          net.ipv4.ip_forward: 1
        limits:
          DefaultLimitNOFILE: 100000
        """;

    private static readonly string[] Files = [NodeState.JournalFile, NodeState.SysctlFile, NodeState.LimitsFile];

    /// <summary>What is done to a file, each to that of another node.</summary>
    private static readonly string[] Damages =
    [
        "rm FILE",
        "echo '# more' >> FILE",
        ": > FILE",
        "echo '# other' > FILE.own; ln -sf FILE.own FILE",
        "ln -sf /srv/nowhere FILE",
        "ln -sf /dev/null FILE",
        "rm FILE; mkdir FILE",
        "chmod 600 FILE",
    ];

    [Theory]
    [InlineData(NodeState.JournalFile, "Journal")]
    [InlineData(NodeState.SysctlFile, "Sysctl")]
    [InlineData(NodeState.LimitsFile, "Limits")]
    public void A_damaged_file_is_found_and_repaired_or_said_to_be_beyond_repair(string file, string step)
    {
        var site = fleet.Site;
        var content = site.Node.ReadFile(file);
        foreach (var (node, damage) in site.Nodes.Zip(Damages))
        {
            node.Must(damage.Replace("FILE", file, StringComparison.Ordinal));
        }

        var others = site.Nodes.Select(OtherFiles).ToList();
        var check = site.Check("--profile", fleet.ProfilePath, "--json").Expect(1);
        Assert.Equal(
            [.. Enumerable.Repeat("Drifted", 7), "Compliant"],
            site.Nodes.Select(node => check.Of(node).Step(step)));

        var prepare = site.Prepare("--profile", fleet.ProfilePath, "--json").Expect(1);

        Assert.Equal(
            [.. Enumerable.Repeat("Changed", 5), "Failed", "Failed", "Compliant"],
            site.Nodes.Select(node => prepare.Of(node).Step(step)));
        Assert.All(site.Nodes.Except([site.Nodes[5], site.Nodes[6]]), node => Assert.Equal(content, node.ReadFile(file)));
        Assert.All(
            site.Nodes.Skip(5).Take(2),
            node => Assert.Contains($"{file} is not a regular file", prepare.Of(node).Reason(step), StringComparison.Ordinal));
        Assert.Equal(others, site.Nodes.Select(OtherFiles));
        Assert.All(site.Nodes, node => Assert.Equal("", node.Must($"find {Path.GetDirectoryName(file)} -name '*.kubeprep-*'")));
        // what was there is kept; a link stays one
        Assert.Equal($"{content}# more\n", site.Nodes[1].ReadFile($"/var/backups/kubeprep{file}"));
        Assert.Equal("# other\n", site.Nodes[3].ReadFile($"/var/backups/kubeprep{file}"));
        Assert.Equal($"{file}.own\n", site.Nodes[3].Must($"readlink {file}"));
        Assert.Equal("600\n", site.Nodes[7].Must($"stat --format=%a {file}"));

        site.Nodes[5].Must($"rm {file}");
        site.Nodes[6].Must($"rmdir {file}");
        site.Prepare("--profile", fleet.ProfilePath).Expect(0);
        Assert.All(site.Nodes, node => Assert.Equal(content, node.ReadFile(file)));

        string OtherFiles(FleetNode node) =>
            node.Must($"stat --format='%n %a %i %y %z' {string.Join(' ', Files.Where(other => other != file))}");
    }

    /// <summary>As many nodes as there are damages, and prepared.</summary>
    public sealed class Fleet(Lab lab) : IDisposable
    {
        private readonly Lock _making = new();
        private Site? _site;

        internal string ProfilePath { get; private set; } = "";

        internal Site Site
        {
            get
            {
                lock (_making)
                {
                    return _site ??= Make();
                }
            }
        }

        public void Dispose() => _site?.Dispose();

        private Site Make()
        {
            var site = new Site(lab, Damages.Length);
            ProfilePath = site.Profile(Profile);
            site.Prepare("--profile", ProfilePath).Expect(0);
            return site;
        }
    }
}
