namespace KubePrep.Cli.Tests;

public sealed class BackupTests
{
    [Fact]
    public void Force_replaces_CA_and_leaves_and_leaves_the_old_files_with_their_modes_in_a_private_backup()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        Chmod(cluster, "ssl/ca-key.pem", "0400");
        Chmod(cluster, "ssl/ca.pem", "0444");
        Chmod(cluster, "ssl/admin.pem", "0640");
        Chmod(cluster, "kubectl.kubeconfig", "0400");
        var old = ClusterFiles.Read(cluster);
        var modes = Modes(cluster);

        var result = Kubeprep.MustDeploy(cluster, "--force");

        Assert.All(result.Rows, row => Assert.Equal(
            ClusterFiles.Documents.Contains(Path.GetRelativePath(cluster, row.FilePath())) ? "Kept" : "Replaced", row.Status()));
        var renewed = ClusterFiles.Read(cluster);
        Assert.All(ClusterFiles.Documents, path => Assert.Equal(old[path], renewed[path]));
        Assert.All(ClusterFiles.Replaceable, path => Assert.NotEqual(old[path], renewed[path]));
        var backup = Assert.Single(Directory.GetDirectories(Path.Join(cluster, "backup")));
        Assert.Equal(
            ClusterFiles.Replaceable.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(backup, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(backup, path)).Order(StringComparer.Ordinal));
        Assert.All(ClusterFiles.Replaceable, path => Assert.Equal(old[path], File.ReadAllBytes(Path.Join(backup, path))));
        Assert.Equal(modes, Modes(backup));
        Assert.All(
            [Path.Join(cluster, "backup"), backup, Path.Join(backup, "ssl")],
            path => Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void A_backup_is_called_by_its_time_in_UTC_and_is_never_touched_again()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        var before = DateTime.UtcNow;
        Kubeprep.MustDeploy(cluster, "--force");
        var after = DateTime.UtcNow;
        var first = Assert.Single(Directory.GetDirectories(Path.Join(cluster, "backup")));
        var contents = Tree.Of(first);

        Kubeprep.MustDeploy(cluster, "--force");
        Kubeprep.MustDeploy(cluster, "--force");

        var time = DateTime.ParseExact(
            Path.GetFileName(first), "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal).ToUniversalTime();
        Assert.InRange(time, before.AddSeconds(-1), after);
        Assert.Equal(contents, Tree.Of(first));
        Assert.Equal(3, Directory.GetDirectories(Path.Join(cluster, "backup")).Length);
    }

    [Fact]
    public void Without_force_a_CA_is_never_replaced_whatever_else_is_asked_for()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        var old = ClusterFiles.Read(cluster);

        var result = Kubeprep.MustDeploy(cluster, "--key-algorithm", "EcdsaP384", "--ca-lifetime", "20y", "--lifetime", "30d");

        var renewed = ClusterFiles.Read(cluster);
        Assert.Equal(old["ssl/ca.pem"], renewed["ssl/ca.pem"]);
        Assert.Equal(old["ssl/ca-key.pem"], renewed["ssl/ca-key.pem"]);
        Assert.Equal("Kept", result.Rows.Of(Path.Join(cluster, "ssl/ca.pem")).Status());
        Assert.Equal("Replaced", result.Rows.Of(Path.Join(cluster, "ssl/admin-key.pem")).Status());
        Assert.Contains("--force", result.Error, StringComparison.Ordinal);
        Kubeprep.MustVerify(cluster);
    }

    private static void Chmod(string cluster, string path, string mode) => Tool.Must("chmod", mode, Path.Join(cluster, path));

    private static IEnumerable<(string Path, UnixFileMode Mode)> Modes(string directory) =>
        [.. ClusterFiles.Replaceable.Select(path => (path, File.GetUnixFileMode(Path.Join(directory, path))))];
}
