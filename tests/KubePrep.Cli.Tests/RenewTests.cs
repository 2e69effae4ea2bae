namespace KubePrep.Cli.Tests;

public sealed class RenewTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    private static readonly string[] NewCertificate = ["Replaced", "Replaced", "Replaced"];

    [Fact]
    public void What_ends_soon_is_issued_again_with_the_kubeconfigs_that_embed_it()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster, "--lifetime", "20d");
        var authority = File.ReadAllText($"{cluster}/ssl/ca.pem");

        var result = Renew(cluster, "--expiring-within", "30d").Expect(0);

        Assert.Equal(12, result.Rows.Count(row => row.Status() == "Replaced"));
        Assert.Contains("restart what was started with them", result.Error, StringComparison.Ordinal);
        Assert.Equal(authority, File.ReadAllText($"{cluster}/ssl/ca.pem"));
        ClusterFiles.ExpectPrivateSecrets(cluster);
        ClusterFiles.ExpectNoLeftovers(cluster);
        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void A_run_that_finds_nothing_due_writes_nothing()
    {
        var before = Tree.Of(deployed.Path);
        Assert.All(Renew(deployed.Path).Expect(0).Rows, row => Assert.Equal("Kept", row.Status()));
        Assert.Equal(before, Tree.Of(deployed.Path));
    }

    [Fact]
    public void A_name_or_a_pattern_chooses_and_the_key_may_stay()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var key = File.ReadAllText($"{cluster}/ssl/admin-key.pem");

        var named = Renew(cluster, "--name", "admin", "--keep-key").Expect(0).Rows.Where(row => row.Status() != "Kept");
        Assert.Equal([$"{cluster}/ssl/admin.pem", $"{cluster}/kubectl.kubeconfig"], named.Select(row => row.FilePath()));
        Assert.Equal(key, File.ReadAllText($"{cluster}/ssl/admin-key.pem"));

        var matching = Renew(cluster, "--name", "kube-p*").Expect(0).Rows.Where(row => row.FilePath().Contains("kube-proxy", StringComparison.Ordinal));
        Assert.Equal(NewCertificate, matching.Select(row => row.Status()));
        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void A_preview_tells_the_same_and_writes_nothing()
    {
        var before = Tree.Of(deployed.Path);
        var rows = Renew(deployed.Path, "--force", "--what-if").Expect(0).Rows;
        Assert.Equal(12, rows.Count(row => row.Status() == "WouldReplace"));
        Assert.Equal(before, Tree.Of(deployed.Path));
    }

    [Fact]
    public void The_name_of_a_file_steers_no_terminal()
    {
        const string Wild = "\e[31mwild\nError";
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        File.Copy($"{cluster}/ssl/admin.pem", $"{cluster}/ssl/{Wild}.pem");
        var withoutKey = Kubeprep.Run("renew", "--cluster-directory", cluster, "--force").Expect(0);
        File.Copy($"{cluster}/ssl/admin-key.pem", $"{cluster}/ssl/{Wild}-key.pem");
        File.Copy($"{cluster}/ssl/admin.pem", $"{cluster}/ssl/{Wild}.pem", overwrite: true);
        var withKey = Kubeprep.Run("renew", "--cluster-directory", cluster, "--force").Expect(0);
        var unknown = Kubeprep.Run("renew", "--cluster-directory", cluster, "--name", Wild + "x").Expect(1);
        foreach (var output in new[] { withoutKey.Error, withKey.Error, withKey.Output, unknown.Error })
        {
            Assert.Contains("?[31mwild?Error", output, StringComparison.Ordinal);
            Assert.DoesNotContain('\e', output);
        }
    }

    [Theory]
    [InlineData(1, "ClientCertificateNotFound", "--name", "nobody")]
    [InlineData(2, "--expiring-within", "--expiring-within", "soon")]
    [InlineData(2, "--lifetime", "--lifetime", "1x")]
    public void What_cannot_be_done_is_said_and_writes_nothing(int exitCode, string named, params string[] arguments)
    {
        var before = Tree.Of(deployed.Path);
        var result = Renew(deployed.Path, arguments).Expect(exitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Tree.Of(deployed.Path));
    }

    private static ToolResult Renew(string cluster, params IEnumerable<string> arguments) =>
        Kubeprep.Run(["renew", "--cluster-directory", cluster, "--json", .. arguments]);
}
