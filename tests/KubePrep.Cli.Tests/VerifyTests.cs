namespace KubePrep.Cli.Tests;

public sealed class VerifyTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    /// <summary>What is done to a cluster's directory, the file whose row then fails, and a word of the reason.</summary>
    private static readonly Dictionary<string, (Action<string> Damage, string File, string Reason)> Damages = new()
    {
        ["a key that is missing"] = (c => File.Delete($"{c}/ssl/admin-key.pem"), "ssl/admin-key.pem", "missing"),
        ["a certificate that is missing"] = (c => File.Delete($"{c}/ssl/kube-proxy.pem"), "ssl/kube-proxy.pem", "missing"),
        ["a kubeconfig that is missing"] = (c => File.Delete($"{c}/kube-scheduler.kubeconfig"), "kube-scheduler.kubeconfig", "missing"),
        ["a CA that is missing"] = (c => File.Delete($"{c}/ssl/ca.pem"), "ssl/ca.pem", "missing"),
        ["another's key"] = (c => File.Copy($"{c}/ssl/kube-proxy-key.pem", $"{c}/ssl/admin-key.pem", true), "ssl/admin.pem", "key does not match"),
        ["another's certificate and key"] = (Impersonate, "ssl/kube-proxy.pem", "its subject is"),
        ["another CA's key"] = (c => File.Copy($"{c}/ssl/admin-key.pem", $"{c}/ssl/ca-key.pem", true), "ssl/ca-key.pem", "does not match"),
        ["a leaf in the CA's place"] = (c => File.Copy($"{c}/ssl/admin.pem", $"{c}/ssl/ca.pem", true), "ssl/ca.pem", "no certificate authority"),
        ["another CA"] = (ReplaceAuthority, "ssl/admin.pem", "not signed by"),
        ["a truncated certificate"] = (c => Truncate($"{c}/ssl/admin.pem"), "ssl/admin.pem", "cannot be read"),
        ["a truncated key"] = (c => Truncate($"{c}/ssl/ca-key.pem"), "ssl/ca-key.pem", "cannot be read"),
        ["a truncated kubeconfig"] = (c => Truncate($"{c}/kubectl.kubeconfig"), "kubectl.kubeconfig", ""),
        ["an empty kubeconfig"] = (c => File.WriteAllText($"{c}/kubectl.kubeconfig", ""), "kubectl.kubeconfig", "cannot be read"),
        ["malformed JSON"] = (c => File.AppendAllText($"{c}/ssl/ca-csr.json", "}"), "ssl/ca-csr.json", "not valid JSON"),
        ["a readable key"] = (c => Chmod($"{c}/ssl/admin-key.pem", "0640"), "ssl/admin-key.pem", "0640"),
        ["a readable kubeconfig"] = (c => Chmod($"{c}/kube-proxy.kubeconfig", "0604"), "kube-proxy.kubeconfig", "0604"),
        ["a certificate anyone may write"] = (c => Chmod($"{c}/ssl/ca.pem", "0646"), "ssl/ca.pem", "0646"),
        ["a directory anyone may write"] = (c => Chmod($"{c}/ssl", "0777"), "ssl", "0777"),
        ["a link in place of a key"] = (c => MoveBehindLink($"{c}/ssl/ca-key.pem"), "ssl/ca-key.pem", "symbolic link"),
        ["a link in place of ssl"] = (c => MoveBehindLink($"{c}/ssl"), "ssl", "symbolic link"),
        ["a pipe in place of a key"] = (c => ReplaceByPipe($"{c}/ssl/admin-key.pem"), "ssl/admin-key.pem", "pipe"),
        ["a kubeconfig of http"] = (c => Replace($"{c}/kubectl.kubeconfig", "https://", "http://"), "kubectl.kubeconfig", "https"),
        ["a kubeconfig that trusts anyone"] = (
            c => Replace($"{c}/kubectl.kubeconfig", "    server:", "    insecure-skip-tls-verify: true\n    server:"), "kubectl.kubeconfig", "switches"),
        ["a kubeconfig without its context"] = (
            c => Replace($"{c}/kubectl.kubeconfig", "current-context: context-lab", "current-context: other"), "kubectl.kubeconfig", "'other'"),
        ["another's kubeconfig"] = (
            c => File.Copy($"{c}/kube-proxy.kubeconfig", $"{c}/kube-scheduler.kubeconfig", true), "kube-scheduler.kubeconfig", "another certificate"),
        ["an unfinished commit"] = (
            c => File.WriteAllText($"{c}/{ClusterFiles.CommitRecord}", """{"renames":[]}"""), ClusterFiles.CommitRecord, "interrupted"),
    };

    public static TheoryData<string> DamageNames => [.. Damages.Keys];

    [Fact]
    public void A_sound_cluster_has_a_good_row_for_each_file_and_exits_with_0()
    {
        var before = Tree.Of(deployed.Path);

        var result = Kubeprep.Verify(deployed.Path).Expect(0);

        Assert.Equal(
            ClusterFiles.All.Select(path => Path.Join(deployed.Path, path)).Order(StringComparer.Ordinal),
            result.Rows.Select(row => row.FilePath()).Order(StringComparer.Ordinal));
        Assert.All(result.Rows, row => Assert.Equal("Good", row.Verdict()));
        Assert.All(result.Rows, row => Assert.Equal(
            ["notAfter", "path", "reason", "subject", "verdict"], row.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)));
        Assert.Empty(result.Error);
        Assert.Equal(before, Tree.Of(deployed.Path));
    }

    [Fact]
    public void Without_json_a_table_has_a_line_for_each_file()
    {
        var lines = Kubeprep.Run("verify", "--cluster-directory", deployed.Path).Expect(0).Output.TrimEnd('\n').Split('\n');

        Assert.StartsWith("FILE ", lines[0], StringComparison.Ordinal);
        var column = lines[0].IndexOf("VERDICT", StringComparison.Ordinal);
        Assert.Equal(
            ClusterFiles.All.Order(StringComparer.Ordinal),
            lines.Skip(1).Select(line => line[..column].TrimEnd()).Order(StringComparer.Ordinal));
        Assert.All(lines.Skip(1), line => Assert.StartsWith("Good", line[column..], StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(DamageNames))]
    public void Damage_exits_with_1_and_fails_the_row_of_the_damaged_file(string damage)
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var (inflict, file, reason) = Damages[damage];
        inflict(cluster);

        var result = Kubeprep.Verify(cluster).Expect(1);

        var row = result.Rows.Of(Path.Join(cluster, file));
        Assert.Equal("Failed", row.Verdict());
        Assert.Contains(reason, row.Reason(), StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void A_CA_key_that_is_kept_elsewhere_is_a_warning_and_exits_with_0()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        File.Delete(Path.Join(cluster, "ssl/ca-key.pem"));

        var result = Kubeprep.Verify(cluster).Expect(0);

        Assert.Equal("Warning", result.Rows.Of(Path.Join(cluster, "ssl/ca-key.pem")).Verdict());
    }

    [Fact]
    public void A_directory_that_does_not_exist_exits_with_1_and_names_it()
    {
        using var directory = new TemporaryDirectory();

        var result = Kubeprep.Verify(directory["nowhere"]).Expect(1);

        Assert.Empty(result.Output);
        Assert.Contains($"'{directory["nowhere"]}'", result.Error, StringComparison.Ordinal);
        Assert.Contains("kubeprep deploy", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_may_not_be_read_exits_with_1_and_names_it()
    {
        Tool.RequireRoot();
        Tool.Require("setpriv");

        var result = Tool.Run(
            "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Kubeprep.Executable, "verify", "--cluster-directory", deployed.Path).Expect(1);

        Assert.Contains(Path.Join(deployed.Path, "ssl"), result.Everything, StringComparison.Ordinal);
        Assert.Contains("Permission denied", result.Everything, StringComparison.Ordinal);
    }

    private static void Truncate(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }

    private static void Chmod(string path, string mode) => Tool.Must("chmod", mode, path);

    private static void Replace(string path, string old, string @new)
    {
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    private static void MoveBehindLink(string path)
    {
        Directory.Move(path, $"{path}.real");
        File.CreateSymbolicLink(path, $"{path}.real");
    }

    private static void ReplaceByPipe(string path)
    {
        File.Delete(path);
        Tool.Must("mkfifo", "--mode=0600", path);
    }

    private static void Impersonate(string cluster)
    {
        File.Copy($"{cluster}/ssl/admin.pem", $"{cluster}/ssl/kube-proxy.pem", overwrite: true);
        File.Copy($"{cluster}/ssl/admin-key.pem", $"{cluster}/ssl/kube-proxy-key.pem", overwrite: true);
    }

    private static void ReplaceAuthority(string cluster)
    {
        Kubeprep.MustDeploy($"{cluster}/other");
        File.Copy($"{cluster}/other/ssl/ca.pem", $"{cluster}/ssl/ca.pem", overwrite: true);
        File.Copy($"{cluster}/other/ssl/ca-key.pem", $"{cluster}/ssl/ca-key.pem", overwrite: true);
    }
}
