using KubePrep.Files;

namespace KubePrep.Core.Tests;

public sealed class FileStatusTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Tells_kinds_apart_without_following_links()
    {
        _directory.Write("d/f", "12345");
        File.CreateSymbolicLink(_directory["link"], _directory["d"]);
        Tool.Run("mkfifo", _directory["pipe"]);
        Assert.Equal(FileKind.Regular, FileStatus.Read(_directory["d/f"]).Kind);
        Assert.Equal(FileKind.Directory, FileStatus.Read(_directory["d"]).Kind);
        Assert.Equal(FileKind.SymbolicLink, FileStatus.Read(_directory["link"]).Kind);
        Assert.Equal(FileKind.Special, FileStatus.Read(_directory["pipe"]).Kind);
        Assert.Equal(FileKind.Special, FileStatus.Read("/dev/null").Kind);
        Assert.Equal(FileKind.Missing, FileStatus.Read(_directory["nothing"]).Kind);
        Assert.Equal(FileKind.Missing, FileStatus.Read(_directory["d/f/g"]).Kind);
    }

    [Theory]
    [InlineData("0600", false)]
    [InlineData("0700", false)]
    [InlineData("0400", false)]
    [InlineData("0640", true)]
    [InlineData("0620", true)]
    [InlineData("0610", true)]
    [InlineData("0604", true)]
    [InlineData("0602", true)]
    [InlineData("0601", true)]
    [InlineData("4755", true)]
    public void Tells_whether_others_may_use_a_file(string mode, bool open)
    {
        var path = _directory.Write("f", "");
        Tool.Run("chmod", mode, path);
        var status = FileStatus.Read(path);
        Assert.Equal(open, status.IsOpenToOthers);
        Assert.Equal(mode, status.OctalMode);
    }

    [Theory]
    [InlineData("0755", false)]
    [InlineData("0775", false)]
    [InlineData("0777", true)]
    [InlineData("0703", true)]
    [InlineData("1777", false)]
    public void Tells_whether_everyone_may_replace_a_directorys_files(string mode, bool shared)
    {
        Directory.CreateDirectory(_directory["d"]);
        Tool.Run("chmod", mode, _directory["d"]);
        Assert.Equal(shared, FileStatus.Read(_directory["d"]).IsSharedDirectory);
    }

    public void Dispose() => _directory.Dispose();
}
