using System.Security.Cryptography;

namespace KubePrep.Lab.Tests;

/// <summary>The hosts files become copies of master 0's: each is the old one or the new one at any time, whatever befalls the run.</summary>
public sealed class HostsCopyTests(Lab lab, HostsFleet fleet) : IClassFixture<HostsFleet>
{
    private static readonly string[] Copying = ["--mode", "copy", "--connection-timeout", "3"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public void Every_file_becomes_the_masters_and_what_was_there_is_kept()
    {
        var site = Prepare();
        var before = site.Nodes.Select(node => node.HostsBytes()).ToList();

        site.Sync(site.Lines(), Copying).Expect(0);

        Assert.Single(site.Nodes.Select(Hash).Distinct());
        Assert.Contains("# the master's own\n", site.Nodes[3].HostsText(), StringComparison.Ordinal);
        Assert.All(site.Nodes.Skip(1).Zip(before.Skip(1)), pair =>
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(pair.Second))[..16];
            Assert.Equal([pair.First.PathOf($"{HostsFiles.Backups}/etc/hosts.{hash}")], pair.First.HostsBackups());
            Assert.Equal(pair.Second, File.ReadAllBytes(pair.First.HostsBackups()[0]));
        });
        Assert.Equal(before[0], File.ReadAllBytes(site.Nodes[0].HostsBackups()[0]));
        var traces = site.Nodes.Select(node => node.Traces()).ToList();
        Assert.All(site.Sync(site.Lines(), Copying).Expect(0).Rows, row => Assert.Equal("Compliant", row.Status()));
        Assert.Equal(traces, site.Nodes.Select(node => node.Traces()));

        // another copy does not take the place of what the first one kept
        site.Nodes[1].SetHostsText("127.0.0.1 localhost\n# changed since\n");
        site.Sync(site.Lines(), Copying).Expect(0);
        Assert.Equal(2, site.Nodes[1].HostsBackups().Count);
        Assert.Single(site.Nodes.Select(Hash).Distinct());
    }

    [Fact]
    public void A_node_that_is_cut_off_while_the_file_is_sent_gets_it_next_time() =>
        AssertKeptByOneThatIsLost(node => node.Cut(), node => node.Mend());

    [Fact]
    public void A_node_that_is_powered_off_while_the_file_is_sent_gets_it_next_time() =>
        AssertKeptByOneThatIsLost(node => node.Stop(), node => node.Start());

    [Theory]
    [InlineData("KILL", 137)]
    [InlineData("INT", 130)]
    public void A_client_that_ends_while_the_file_is_sent_leaves_old_and_new_files(string signal, int exitCode)
    {
        var site = Prepare();
        var (slow, before) = (site.Nodes[1], Files(site));
        using var held = new HeldHostsLock(site.Nodes[0]);
        using var client = site.StartSync(site.Lines(), Copying[..2]);
        HeldHostsLock.AwaitWaiting(client);
        slow.Freeze();
        try
        {
            held.Release();
            Wait.Until(() => Hash(site.Nodes[0]) == Hash(site.Nodes[2]) && Hash(site.Nodes[0]) == Hash(site.Nodes[3]), "the others have the file");

            client.Signal(signal);

            client.WaitForExit(Limit).Expect(exitCode);
            Assert.Equal(before[1], slow.HostsText());
        }
        finally
        {
            slow.Thaw();
        }

        AssertCompleted(site);
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("INT")]
    public void At_no_moment_is_a_file_anything_but_old_or_new(string signal)
    {
        const int Rounds = 2;
        var site = Prepare();
        for (var round = 0; round < Rounds; round++)
        {
            site.Nodes[0].SetHostsText($"127.0.0.1 localhost\n# the master's own, {round}\n");
            var seen = Files(site).ConvertAll(text => new HashSet<string>([text], StringComparer.Ordinal));
            using (var client = site.StartSync(site.Lines(), Copying[..2]))
            {
                // of the files of the others none, some or all are new at that moment
                Wait.Until(() => Look().Exists(files => files.Count > 1), "a file is new");
                for (var looks = 0; looks < 40 * round; looks++)
                {
                    Look();
                }

                client.Signal(signal);
                while (!client.HasExited)
                {
                    Look();
                }
            }

            Look();
            site.Sync(site.Lines(), Copying).Expect(0);
            var whole = site.Nodes[0].HostsText();
            Assert.All(Look(), files => Assert.True(files.Count <= 2 && files.Contains(whole), string.Join("\n---\n", files)));
            Assert.Single(site.Nodes.Select(Hash).Distinct());

            List<HashSet<string>> Look()
            {
                foreach (var (node, files) in site.Nodes.Zip(seen))
                {
                    files.Add(node.HostsText());
                }

                return seen;
            }
        }
    }

    [Fact]
    public void A_node_whose_disk_is_full_keeps_its_file_and_the_others_get_it()
    {
        var site = Prepare();
        var (full, before) = (site.Nodes[1], site.Nodes[1].HostsText());
        full.LimitDisk("64M");
        Assert.Contains("No space left", full.Run("head --bytes=100M /dev/zero > /srv/zeros").Error, StringComparison.Ordinal);
        try
        {
            var result = site.Sync(site.Lines(), Copying).Expect(1);

            Assert.Equal(["Changed", "Failed", "Changed", "Changed"], site.Nodes.Select(node => result.Of(node).Status()));
            result.ExpectError(full.Address, "StepFailed", "No space left on device");
            Assert.Equal(before, full.HostsText());
            Assert.Equal("", full.Must("find /etc /var/backups -name '*.kubeprep-*'"));
        }
        finally
        {
            full.Must("rm /srv/zeros");
            full.LimitDisk("1500M");
        }

        AssertCompleted(site);
    }

    private static string Hash(FleetNode node) => Convert.ToHexString(SHA256.HashData(node.HostsBytes()));

    private static List<string> Files(HostsSite site) => [.. site.Nodes.Select(node => node.HostsText())];

    private static void AssertCompleted(HostsSite site)
    {
        site.Sync(site.Lines(), Copying).Expect(0);
        Assert.Single(site.Nodes.Select(Hash).Distinct());
        Assert.Equal(site.Nodes.Count, site.Nodes[0].Rows().Count);
    }

    private void AssertKeptByOneThatIsLost(Action<FleetNode> lose, Action<FleetNode> find)
    {
        var site = Prepare();
        var (lost, before) = (site.Nodes[1], site.Nodes[1].HostsText());
        using var held = new HeldHostsLock(site.Nodes[0]);
        using var client = site.StartSync(site.Lines(), Copying);
        HeldHostsLock.AwaitWaiting(client);
        lose(lost);
        try
        {
            held.Release();
            var result = client.WaitForExit(Limit).Expect(3);

            Assert.Equal("Unreachable", result.Of(lost).Status());
            Assert.All(site.Nodes.Where(node => node != lost), node => Assert.Equal("Changed", result.Of(node).Status()));
            Assert.Single(site.Nodes.Where(node => node != lost).Select(Hash).Distinct());
            Assert.Equal(before, lost.HostsText());
        }
        finally
        {
            find(lost);
        }

        AssertCompleted(site);
    }

    private HostsSite Prepare()
    {
        var site = fleet.In(lab);
        site.Nodes[0].SetHostsText($"127.0.0.1 localhost\n127.0.1.1 {site.Nodes[0].Name}\n# the master's own\n");
        return site;
    }
}
