using KubePrep.Files;

namespace KubePrep.Core.Tests;

public sealed class FileViewTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Shows_files_as_they_are()
    {
        _directory.Write("a", "content");
        Assert.Equal("content"u8.ToArray(), FileView.OnDisk.Read(_directory["a"]));
        Assert.Equal(FileKind.Regular, FileView.OnDisk.Status(_directory["a"]).Kind);
        Assert.Null(FileView.OnDisk.Read(_directory["b"]));
        Assert.Equal(FileKind.Missing, FileView.OnDisk.Status(_directory["b"]).Kind);
    }

    [Fact]
    public void Shows_files_as_an_interrupted_commit_will_leave_them_and_changes_nothing()
    {
        new InterruptedCommit(
            [new("done", "old", "new"), new("pending", "old", "new"), new("ssl/added", null, "new")], RenamesDone: 1, HasRecord: true).LayOut(_directory);
        var before = DirectoryListing.Of(_directory.Path);
        var view = FileView.Of(_directory.Path);
        foreach (var name in new[] { "done", "pending", "ssl/added" })
        {
            Assert.Equal("new"u8.ToArray(), view.Read(_directory[name]));
            Assert.Equal(FileKind.Regular, view.Status(_directory[name]).Kind);
        }

        Assert.Equal(before, DirectoryListing.Of(_directory.Path));
    }

    [Fact]
    public void Shows_the_old_files_where_there_is_no_record()
    {
        new InterruptedCommit([new("a", "old", "new")], RenamesDone: 0, HasRecord: false).LayOut(_directory);
        Assert.Equal("old"u8.ToArray(), FileView.Of(_directory.Path).Read(_directory["a"]));
    }

    [Fact]
    public void Follows_no_links()
    {
        _directory.Write("a", "content");
        File.CreateSymbolicLink(_directory["link"], _directory["a"]);
        Expect.Error(ErrorId.NotRegularFile, () => FileView.OnDisk.Read(_directory["link"]));
        Assert.Equal(FileKind.SymbolicLink, FileView.OnDisk.Status(_directory["link"]).Kind);
    }

    public void Dispose() => _directory.Dispose();
}
