namespace KubePrep.Cli.Tests;

public sealed class RotateCaTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    private static readonly string[] Phases = ["prepare", "switch", "finish"];

    [Fact]
    public void Three_phases_change_the_authority_and_each_can_be_checked_and_taken_again()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var old = File.ReadAllText($"{cluster}/ssl/ca.pem");
        foreach (var phase in Phases)
        {
            var result = Rotate(cluster, phase).Expect(0);
            Assert.Contains("restart kube-apiserver", result.Error, StringComparison.Ordinal);
            Assert.Contains(result.Rows, row => row.FilePath() == $"{cluster}/ssl/ca.pem" && row.Status() == "Replaced");
            Kubeprep.Verify(cluster).Expect(0);
            ClusterFiles.ExpectPrivateSecrets(cluster);

            var before = Tree.Of(cluster);
            var again = Rotate(cluster, phase).Expect(0);
            Assert.All(again.Rows, row => Assert.Equal("Kept", row.Status()));
            Assert.Empty(again.Error);
            Assert.Equal(before, Tree.Of(cluster));
        }

        Assert.DoesNotContain(old, File.ReadAllText($"{cluster}/ssl/ca.pem"), StringComparison.Ordinal);
        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void A_phase_out_of_turn_exits_with_1_and_writes_nothing()
    {
        var before = Tree.Of(deployed.Path);
        Assert.Contains("[AuthorityChangeNotPrepared]", Rotate(deployed.Path, "switch").Expect(1).Error, StringComparison.Ordinal);
        Assert.Contains("--phase", Rotate(deployed.Path, "begin").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("WouldCreate", Rotate(deployed.Path, "prepare", "--what-if").Expect(0).Rows.Select(row => row.Status()));
        Assert.Equal(before, Tree.Of(deployed.Path));
    }

    [Fact]
    public void A_phase_that_is_killed_anywhere_is_whole_or_not_there()
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var current = deployed.CopyTo(directory["current"]);
        foreach (var phase in Phases)
        {
            var killed = KillAtEach(phase, current, directory);
            Assert.True(killed >= 5, $"{phase} was killed only {killed} times.");
            Rotate(current, phase).Expect(0);
        }
    }

    /// <summary>Kills a phase at every rename and removal, and expects the next run to leave all of it.</summary>
    private static int KillAtEach(string phase, string original, TemporaryDirectory directory)
    {
        for (var n = 1; ; n++)
        {
            var cluster = directory[$"{phase}-killed-at-{n}"];
            Tool.Must("cp", "--archive", original, cluster);
            var run = Strace.KillAt("rename,renameat,renameat2,unlink,unlinkat", n, ["rotate-ca", "--cluster-directory", cluster, "--phase", phase]);
            if (run.ExitCode != Strace.Killed)
            {
                run.Expect(0);
                return n - 1;
            }

            ClusterFiles.ExpectPrivateSecrets(cluster);
            Rotate(cluster, phase).Expect(0);
            Assert.Equal(phase != "prepare", !File.Exists($"{cluster}/ssl/ca-next-key.pem"));
            var serials = File.ReadLines($"{cluster}/ssl/issued.jsonl").ToList();
            Assert.Equal(serials.Count, serials.Distinct().Count());
            ClusterFiles.ExpectNoLeftovers(cluster);
            Kubeprep.Verify(cluster).Expect(0);
        }
    }

    private static ToolResult Rotate(string cluster, string phase, params IEnumerable<string> arguments) =>
        Kubeprep.Run(["rotate-ca", "--cluster-directory", cluster, "--phase", phase, "--json", .. arguments]);
}
