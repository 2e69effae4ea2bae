using System.Text.Json;

namespace KubePrep.Cli.Tests;

public sealed class CertsTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    /// <summary>The certificates of a cluster's directory, in the order of their rows.</summary>
    private static readonly string[] Names = ["ca", "admin", "kube-controller-manager", "kube-proxy", "kube-scheduler"];

    [Fact]
    public void A_sound_cluster_has_a_row_for_each_certificate_and_exits_with_0()
    {
        var before = Tree.Of(deployed.Path);

        var result = Kubeprep.Run("certs", "--cluster-directory", deployed.Path, "--json").Expect(0);

        Assert.Equal(Names, result.Rows.Select(Name));
        Assert.All(result.Rows, row => Assert.Equal(("Good", null), (row.Status(), row.Reason())));
        Assert.All(result.Rows, row => Assert.Equal(
            [
                "alternativeNames", "clusterDirectory", "daysLeft", "isAuthority", "issuer", "name", "notAfter", "notBefore", "path", "reason", "serialNumber",
                "status", "subject", "thumbprint", "usages", "usedBy",
            ],
            row.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(4, result.Rows[0].GetProperty("usedBy").GetArrayLength());
        Assert.Equal(Path.Join(deployed.Path, "kubectl.kubeconfig"), Assert.Single(result.Rows[1].GetProperty("usedBy").EnumerateArray()).GetString());
        Assert.InRange(result.Rows[1].GetProperty("daysLeft").GetInt32(), 363, 365);
        Assert.Empty(result.Error);
        Assert.Equal(before, Tree.Of(deployed.Path));
    }

    [Fact]
    public void Without_json_a_table_has_a_line_for_each_certificate()
    {
        var lines = Kubeprep.Run("certs", deployed.Path).Expect(0).Output.TrimEnd('\n').Split('\n');

        Assert.Matches("^FILE +SUBJECT +USAGES +EXPIRES +DAYS +STATUS +USED BY +REASON$", lines[0]);
        Assert.Equal(6, lines.Length);
        Assert.Matches(@"/ssl/ca\.pem +CN=kubernetes-ca, .* authority +\d{4}-\d\d-\d\d +\d+ +Good +kube-controller-manager\.kubeconfig, ", lines[1]);
        Assert.Matches(@"/ssl/admin\.pem +CN=admin, O=system:masters +server, client +\d{4}-\d\d-\d\d +\d+ +Good +kubectl\.kubeconfig$", lines[2]);
    }

    [Fact]
    public void With_a_horizon_it_exits_with_1_if_anything_ends_by_then_and_else_prints_nothing()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster, "--lifetime", "20d");

        var ending = Within("30d").Expect(1);
        Assert.Equal(Names[1..], ending.Rows.Select(Name));
        Assert.All(ending.Rows, row => Assert.Equal("Expiring", row.Status()));
        Assert.Empty(ending.Error);
        Assert.Equal(5, Within("11y").Expect(1).Rows.Count);
        foreach (var result in new[] { Within("10d"), Within("1h"), Within("0d"), Kubeprep.Run("certs", cluster, "--expiring-within", "10d") })
        {
            Assert.Empty(result.Expect(0).Everything);
        }

        ToolResult Within(string time) => Kubeprep.Run("certs", "--cluster-directory", cluster, "--expiring-within", time, "--json");
    }

    [Fact]
    public void A_certificate_that_openssl_made_and_that_is_over_is_found()
    {
        Tool.Require("openssl");
        using var directory = new TemporaryDirectory();
        var (certificate, key) = (directory["old.crt"], directory["old.key"]);
        Tool.Must("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/O=x/CN=old", "-keyout", key, "-out", directory["old.csr"]);
        var openssl = Tool.Run(
            "openssl", "x509", "-req", "-in", directory["old.csr"], "-signkey", key, "-not_before", "20240101000000Z", "-not_after", "20240201000000Z", "-out", certificate);
        if (openssl.ExitCode != 0) // before 3.4 it knows no dates there
        {
            Tool.Must("openssl", "x509", "-req", "-in", directory["old.csr"], "-signkey", key, "-days", "-1", "-out", certificate);
        }

        var row = Assert.Single(Kubeprep.Run("certs", certificate, "--expiring-within", "0d", "--json").Expect(1).Rows);

        Assert.Equal(("old", "Expired"), (Name(row), row.Status()));
        Assert.StartsWith("it expired on ", row.Reason(), StringComparison.Ordinal);
        Assert.True(row.GetProperty("daysLeft").GetInt32() < 0);
        Kubeprep.Run("certs", certificate).Expect(0);
    }

    [Fact]
    public void What_cannot_be_read_is_said_on_standard_error_exits_with_1_and_hides_nothing_else()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var needles = new SecretNeedles(cluster);
        File.Copy($"{cluster}/ssl/admin-key.pem", $"{cluster}/ssl/admin.pem", overwrite: true);
        File.WriteAllText($"{cluster}/kubectl.kubeconfig", File.ReadAllText($"{cluster}/kubectl.kubeconfig")[..^40]);

        var result = Kubeprep.Run("certs", "--cluster-directory", cluster, directory["none"], "--json").Expect(1);

        Assert.Equal(["ca", "kube-controller-manager", "kube-proxy", "kube-scheduler"], result.Rows.Select(Name));
        Assert.Contains($"'{cluster}/ssl/admin.pem'", result.Error, StringComparison.Ordinal);
        Assert.Contains($"'{cluster}/kubectl.kubeconfig'", result.Error, StringComparison.Ordinal);
        Assert.Contains($"'{directory["none"]}' does not exist", result.Error, StringComparison.Ordinal);
        Assert.Contains("[CertificateNotFound]\n  Name ", result.Error, StringComparison.Ordinal);
        needles.ExpectNone(result);
        Kubeprep.Run("certs", cluster, "--expiring-within", "0d").Expect(1);
    }

    [Fact]
    public void A_mismatch_is_told_with_its_reason()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        File.Copy($"{cluster}/ssl/kube-proxy-key.pem", $"{cluster}/ssl/admin-key.pem", overwrite: true);

        var row = Kubeprep.Run("certs", cluster, "--json").Expect(0).Rows.Of($"{cluster}/ssl/admin.pem");

        Assert.Equal(("Mismatch", $"the key in '{cluster}/ssl/admin-key.pem' does not match it"), (row.Status(), row.Reason()));
    }

    [Theory]
    [InlineData("--cluster-directory")]
    [InlineData("--cluster-directory", "--expiring-within", "30d")]
    [InlineData("30d", "x", "--expiring-within", "30")]
    [InlineData("30d", "x", "--expiring-within", "-30d")]
    [InlineData("30d", "x", "--expiring-within", "200y")]
    [InlineData("Give", "")]
    [InlineData("Give", "--cluster-directory", "")]
    [InlineData("--help", "x", "--bogus")]
    public void A_wrong_command_line_exits_with_2_and_shows_the_way_out(string wayOut, params string[] arguments)
    {
        var result = Kubeprep.Run(["certs", .. arguments]).Expect(2);

        Assert.Contains(wayOut, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Help_names_every_option_and_its_exit_code()
    {
        var help = Kubeprep.Run("certs", "--help").Expect(0).Output;

        Assert.All(["--cluster-directory", "--expiring-within", "--json"], option => Assert.Matches($"(?m)^  {option} ", help));
        Assert.Contains("exits with 1", help, StringComparison.Ordinal);
        Assert.Contains("PATH", help, StringComparison.Ordinal);
    }

    private static string? Name(JsonElement row) => row.GetProperty("name").GetString();
}
