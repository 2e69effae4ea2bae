namespace KubePrep.Core.Tests;

public sealed class LooseModeTests : IDisposable
{
    private readonly Cluster _cluster = new();

    public LooseModeTests() => _cluster.Deploy();

    [Theory]
    [InlineData("ssl/ca-key.pem", "0644")]
    [InlineData("ssl/admin-key.pem", "0640")]
    [InlineData("ssl/kube-scheduler-key.pem", "0666")]
    [InlineData("kubectl.kubeconfig", "0604")]
    [InlineData("kube-proxy.kubeconfig", "0620")]
    public void A_secret_that_others_could_use_is_tightened_with_a_warning_and_otherwise_kept(string file, string mode)
    {
        var content = _cluster.Read(file);
        Tool.Run("chmod", mode, _cluster[file]);
        var inode = Tool.Run("stat", "-c", "%i", _cluster[file]);
        var result = _cluster.Deploy();
        Assert.Empty(_cluster.Changed(result));
        var warning = Assert.Single(result.Warnings);
        Assert.Contains(_cluster[file], warning, StringComparison.Ordinal);
        Assert.Contains(mode, warning, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_cluster[file]));
        Assert.Equal(content, _cluster.Read(file));
        Assert.Equal(inode, Tool.Run("stat", "-c", "%i", _cluster[file]));
        Assert.Empty(_cluster.Deploy().Warnings);
    }

    [Theory]
    [InlineData("ssl/ca-key.pem", "0400")]
    [InlineData("ssl/admin-key.pem", "0400")]
    [InlineData("kubectl.kubeconfig", "0400")]
    [InlineData("ssl/ca.pem", "0664")]
    [InlineData("ssl/admin.pem", "0600")]
    [InlineData("ssl/ca-csr.json", "0664")]
    public void A_mode_that_gives_nothing_away_is_kept_without_a_warning(string file, string mode)
    {
        Tool.Run("chmod", mode, _cluster[file]);
        var before = DirectoryListing.Of(_cluster.Directory);
        var result = _cluster.Deploy();
        Assert.Empty(_cluster.Changed(result));
        Assert.Empty(result.Warnings);
        Assert.Equal(before, DirectoryListing.Of(_cluster.Directory));
    }

    [Theory]
    [InlineData("ssl/ca.pem")]
    [InlineData("ssl/admin.pem")]
    [InlineData("ssl/admin-csr.json")]
    public void A_file_that_anyone_could_change_is_tightened_with_a_warning_and_otherwise_kept(string file)
    {
        Tool.Run("chmod", "0666", _cluster[file]);
        var result = _cluster.Deploy();
        Assert.Empty(_cluster.Changed(result));
        Assert.Contains(_cluster[file], Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("644\n", Tool.Run("stat", "-c", "%a", _cluster[file]));
    }

    [Fact]
    public void A_directory_whose_files_its_group_can_replace_is_warned_of()
    {
        Tool.Run("chmod", "0775", _cluster["ssl"]);
        Assert.Contains("its group can replace the files", Assert.Single(_cluster.Deploy().Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("ssl")]
    public void A_directory_whose_files_anyone_can_replace_is_warned_of(string directory)
    {
        Tool.Run("chmod", "0777", _cluster[directory]);
        Assert.Contains("anyone can replace the files", Assert.Single(_cluster.Deploy().Warnings), StringComparison.Ordinal);
    }

    public void Dispose() => _cluster.Dispose();
}
