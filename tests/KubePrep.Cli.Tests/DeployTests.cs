using System.Globalization;
using System.Text.Json;

namespace KubePrep.Cli.Tests;

public sealed class DeployTests
{
    private static readonly string[] CommonFields = ["path", "status", "reason", "subject", "serialNumber", "thumbprint", "notBefore", "notAfter"];

    [Fact]
    public void A_first_deploy_makes_every_file_and_says_so_in_one_JSON_object_a_line()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        var result = Kubeprep.MustDeploy(cluster);

        Assert.Empty(result.Error);
        Assert.Equal(
            ClusterFiles.All.Select(path => Path.Join(cluster, path)).Order(StringComparer.Ordinal),
            result.Rows.Select(row => row.FilePath()).Order(StringComparer.Ordinal));
        Assert.All(result.Rows, row => Assert.Equal("Created", row.Status()));
        Assert.All(result.Rows, row => Assert.Contains("missing", row.Reason(), StringComparison.Ordinal));
        Assert.Equal(ClusterFiles.All.Count + 1, Directory.EnumerateFiles(cluster, "*", SearchOption.AllDirectories).Count());
        Assert.All(ClusterFiles.Read(cluster), file => WholeFile.Expect(file.Key, file.Value));
    }

    [Fact]
    public void The_rows_carry_what_the_cmdlets_objects_carry_in_camel_case()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        var rows = Kubeprep.MustDeploy(cluster).Rows;

        ExpectFields(rows.Of(Path.Join(cluster, "ssl/ca-config.json")));
        ExpectFields(rows.Of(Path.Join(cluster, "ssl/ca.pem")), "keyPath");
        ExpectFields(rows.Of(Path.Join(cluster, "ssl/admin.pem")), "name", "keyPath", "certificateAuthorityPath");
        var kubeconfig = rows.Of(Path.Join(cluster, "kubectl.kubeconfig"));
        ExpectFields(kubeconfig, "clusterName", "server", "contextName", "userName", "certificateAuthorityPath");
        Assert.Equal(Kubeprep.ClusterName, kubeconfig.GetProperty("clusterName").GetString());
        Assert.Equal(Kubeprep.Server, kubeconfig.GetProperty("server").GetString());
        Assert.Equal($"context-{Kubeprep.ClusterName}", kubeconfig.GetProperty("contextName").GetString());
        Assert.Equal("admin", kubeconfig.GetProperty("userName").GetString());
        Assert.Equal(Path.Join(cluster, "ssl/ca.pem"), kubeconfig.GetProperty("certificateAuthorityPath").GetString());
    }

    [Fact]
    public void Serial_number_thumbprint_and_dates_are_those_that_openssl_reads()
    {
        Tool.Require("openssl");
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        var rows = Kubeprep.MustDeploy(cluster).Rows;

        Assert.All(ClusterFiles.Certificates.Select(path => Path.Join(cluster, path)), path =>
        {
            var row = rows.Of(path);
            Assert.Equal($"serial={Text(row, "serialNumber")}\n", Tool.Must("openssl", "x509", "-in", path, "-noout", "-serial"));
            Assert.Equal(
                $"sha1 Fingerprint={Text(row, "thumbprint")}\n",
                Tool.Must("openssl", "x509", "-in", path, "-noout", "-fingerprint").Replace(":", "", StringComparison.Ordinal),
                ignoreCase: true);
            Assert.Equal($"notBefore={OpenSslDate(row, "notBefore")}\n", Tool.Must("openssl", "x509", "-in", path, "-noout", "-startdate"));
            Assert.Equal($"notAfter={OpenSslDate(row, "notAfter")}\n", Tool.Must("openssl", "x509", "-in", path, "-noout", "-enddate"));
        });
        Assert.Equal("CN=admin, O=system:masters", Text(rows.Of(Path.Join(cluster, "ssl/admin.pem")), "subject"));
    }

    [Fact]
    public void Without_json_a_table_names_each_file_relative_to_the_cluster_directory()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        var lines = Kubeprep.Deploy(cluster).Expect(0).Output.TrimEnd('\n').Split('\n');

        Assert.StartsWith("FILE ", lines[0], StringComparison.Ordinal);
        Assert.Contains(" STATUS ", lines[0], StringComparison.Ordinal);
        var column = lines[0].IndexOf("STATUS", StringComparison.Ordinal);
        Assert.Equal(
            ClusterFiles.All.Order(StringComparer.Ordinal),
            lines.Skip(1).Select(line => line[..column].TrimEnd()).Order(StringComparer.Ordinal));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("Created ", line[column..], StringComparison.Ordinal));
    }

    [Fact]
    public void A_deploy_over_an_unchanged_cluster_keeps_every_file_and_writes_nothing()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        var before = Tree.Of(cluster);

        var result = Kubeprep.MustDeploy(cluster);

        Assert.Equal(ClusterFiles.All.Count, result.Rows.Count);
        Assert.All(result.Rows, row => Assert.Equal("Kept", row.Status()));
        Assert.All(result.Rows, row => Assert.Null(row.Reason()));
        Assert.Empty(result.Error);
        Assert.Equal(before, Tree.Of(cluster));
    }

    [Theory]
    [InlineData]
    [InlineData("--force")]
    [InlineData("--lifetime", "90d", "--ca-lifetime", "5y", "--key-algorithm", "EcdsaP384")]
    public void What_if_shows_what_would_be_done_and_writes_nothing(params string[] options)
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        var missing = Kubeprep.MustDeploy(cluster, ["--what-if", .. options]);
        Assert.Equal(ClusterFiles.All.Count, missing.Rows.Count);
        Assert.All(missing.Rows, row => Assert.Equal("WouldCreate", row.Status()));
        Assert.False(Path.Exists(cluster));

        Kubeprep.MustDeploy(cluster);
        var before = Tree.Of(cluster);
        var present = Kubeprep.MustDeploy(cluster, ["--what-if", .. options]);
        Assert.Equal(ClusterFiles.All.Count, present.Rows.Count);
        Assert.All(present.Rows, row => Assert.True(row.Status() is "Kept" or "WouldReplace", row.Status()));
        Assert.Equal(options.Length > 0, present.Rows.Any(row => row.Status() == "WouldReplace"));
        Assert.All(present.Rows, row => Assert.Equal(row.Status() == "Kept", row.Reason() is null));
        Assert.Equal(before, Tree.Of(cluster));
    }

    [Fact]
    public void What_if_foretells_what_the_deploy_then_does()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        File.Delete(Path.Join(cluster, "ssl/kube-proxy.pem"));
        File.Delete(Path.Join(cluster, "kube-scheduler.kubeconfig"));

        var foretold = Kubeprep.MustDeploy(cluster, "--what-if").Rows;
        var done = Kubeprep.MustDeploy(cluster).Rows;

        Assert.Equal(
            foretold.Select(row => (row.FilePath(), row.Status().Replace("Would", "", StringComparison.Ordinal).TrimEnd('d', 'e'), row.Reason())),
            done.Select(row => (row.FilePath(), row.Status().TrimEnd('d', 'e'), row.Reason())));
        Assert.Equal("Created", done.Of(Path.Join(cluster, "ssl/kube-proxy.pem")).Status());
        Assert.Equal("Replaced", done.Of(Path.Join(cluster, "ssl/kube-proxy-key.pem")).Status());
        Assert.Equal("Replaced", done.Of(Path.Join(cluster, "kube-proxy.kubeconfig")).Status());
        Assert.Equal("Created", done.Of(Path.Join(cluster, "kube-scheduler.kubeconfig")).Status());
        Assert.Equal(4, done.Count(row => row.Status() != "Kept"));
        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void Another_name_server_or_context_rewrites_kubeconfigs_alone_and_leaves_no_stale_stanza()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);

        var result = Kubeprep.Run(
            "deploy", "--cluster-directory", cluster, "--cluster-name", "other", "--server", "https://192.0.2.2:6443",
            "--context-name", "elsewhere", "--json").Expect(0);

        Assert.Equal(
            ClusterFiles.Kubeconfigs.Select(path => Path.Join(cluster, path)),
            result.Rows.Where(row => row.Status() == "Replaced").Select(row => row.FilePath()));
        Assert.All(result.Rows.Where(row => row.Status() != "Replaced"), row => Assert.Equal("Kept", row.Status()));
        Assert.All(ClusterFiles.Kubeconfigs, path =>
        {
            var text = File.ReadAllText(Path.Join(cluster, path));
            Assert.Contains("\n    server: https://192.0.2.2:6443\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Kubeprep.Server, text, StringComparison.Ordinal);
            // any letters can come in what is embedded
            Assert.DoesNotContain(
                text.Split('\n'), line => !line.Contains("-data: ", StringComparison.Ordinal) && line.Contains(Kubeprep.ClusterName, StringComparison.Ordinal));
        });
        Assert.Contains("\ncurrent-context: elsewhere\n", File.ReadAllText(Path.Join(cluster, "kubectl.kubeconfig")), StringComparison.Ordinal);
        Kubeprep.MustVerify(cluster);
    }

    [Theory]
    [InlineData(false, "--ca-lifetime", "10y")]
    [InlineData(true, "--ca-lifetime", "10y1h")]
    [InlineData(false, "--lifetime", "365d")]
    [InlineData(true, "--lifetime", "366d")]
    [InlineData(true, "--ca-lifetime", "30d")] // which the client certificates' year does not fit in
    public void A_doubtful_lifetime_is_warned_of_on_standard_error_and_the_rows_stay_as_they_are(bool isDoubtful, params string[] options)
    {
        using var directory = new TemporaryDirectory();

        var result = Kubeprep.MustDeploy(directory["cluster"], options);

        Assert.Equal(ClusterFiles.All.Count, result.Rows.Count);
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(isDoubtful, lines.Length > 0);
        Assert.All(lines, line => Assert.StartsWith("warning: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_relative_directory_is_taken_from_where_the_user_stands()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        var result = Tool.Run(
            "sh",
            [
                "-c", "cd \"$1\"; shift; exec \"$@\"", "sh", directory.Path, Kubeprep.Executable,
                .. Kubeprep.DeployArguments("cluster/", "--json"),
            ]).Expect(0);

        Assert.All(result.Rows, row => Assert.StartsWith($"{cluster}/", row.FilePath(), StringComparison.Ordinal));
        Kubeprep.MustVerify(cluster);
    }

    private static void ExpectFields(JsonElement row, params string[] more) => Assert.Equal(
        CommonFields.Concat(more).Order(StringComparer.Ordinal),
        row.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static string OpenSslDate(JsonElement row, string name)
    {
        var time = row.GetProperty(name).GetDateTime().ToUniversalTime();
        return string.Create(CultureInfo.InvariantCulture, $"{time:MMM} {time.Day,2} {time:HH:mm:ss yyyy} GMT");
    }
}
