namespace KubePrep.Cli.Tests;

public sealed class UmaskTests
{
    [Theory]
    [InlineData("000")]
    [InlineData("022")]
    [InlineData("077")]
    public void Secrets_are_private_under_any_umask_and_other_files_heed_it(string umask)
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        Tool.Must("sh", ["-c", $"umask {umask}; exec \"$@\"", "sh", Kubeprep.Executable, .. Kubeprep.DeployArguments(cluster)]);

        var open = (UnixFileMode)(~Convert.ToInt32(umask, 8));
        Assert.Equal(Mode("0755") & open, File.GetUnixFileMode(cluster));
        Assert.Equal(Mode("0700"), File.GetUnixFileMode(Path.Join(cluster, "ssl")));
        Assert.All(ClusterFiles.Secrets, path => Assert.Equal(Mode("0600"), File.GetUnixFileMode(Path.Join(cluster, path))));
        Assert.All(
            ClusterFiles.Documents.Concat(ClusterFiles.Certificates),
            path => Assert.Equal(Mode("0644") & open, File.GetUnixFileMode(Path.Join(cluster, path))));
        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void A_loose_mode_on_a_secret_is_tightened_and_said_so_and_the_secret_is_kept()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        string[] loose = [Path.Join(cluster, "ssl/ca-key.pem"), Path.Join(cluster, "ssl/admin-key.pem"), Path.Join(cluster, "kubectl.kubeconfig")];
        Array.ForEach(loose, path => File.SetUnixFileMode(path, Mode("0666")));
        var old = ClusterFiles.Read(cluster);
        Kubeprep.Verify(cluster).Expect(1);

        var preview = Kubeprep.Deploy(cluster, "--what-if").Expect(0);
        Assert.All(loose, path => Assert.Equal(Mode("0666"), File.GetUnixFileMode(path)));
        Assert.All(loose, path => Assert.Contains($"'{path}' (mode 0666)", preview.Error, StringComparison.Ordinal));

        var result = Kubeprep.MustDeploy(cluster);
        Assert.All(loose, path => Assert.Equal(Mode("0600"), File.GetUnixFileMode(path)));
        Assert.All(loose, path => Assert.Contains($"'{path}' (mode 0666)", result.Error, StringComparison.Ordinal));
        Assert.All(result.Rows, row => Assert.Equal("Kept", row.Status()));
        Assert.Equal(old, ClusterFiles.Read(cluster));
        Kubeprep.MustVerify(cluster);
    }

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
