using FsCheck;
using FsCheck.Fluent;
using KubePrep.Files;

namespace KubePrep.Core.Tests;

public sealed class FileTransactionRecoveryTests : IDisposable
{
    private static readonly string[] Names =
    [
        "a", "b.json", ".hidden", "with space", "ümlaut", "ssl/a", "ssl/ca.pem", "ssl/ca-key.pem", "ssl/-x", "ssl/a'b"
    ];
    private readonly TemporaryDirectory _directory = new();

    private static Gen<InterruptedCommit> Commits(bool hasRecord) =>
        from names in Gen.Shuffle(Names)
        from count in Gen.Choose(1, Names.Length)
        from old in Gen.Elements<string?>(null, "", "old", "old content\n").ArrayOf(count)
        from @new in Gen.Elements("", "new", "new content\n").ArrayOf(count)
        from done in Gen.Choose(0, count)
        select new InterruptedCommit(
            [.. names.Take(count).Select((name, i) => new InterruptedCommit.Replacement(name, old[i], $"{@new[i]}{name}"))], done, hasRecord);

    [Fact]
    public void Completes_a_commit_that_was_interrupted_anywhere_after_its_record() => Property.Holds(Commits(hasRecord: true), commit =>
    {
        using var directory = new TemporaryDirectory();
        commit.LayOut(directory);
        var preview = FileView.Of(directory.Path);
        Assert.All(commit.Files, file => Assert.Equal(TestPki.Utf8(file.New), preview.Read(directory[file.Path])));
        Assert.True(Recover(directory));
        Assert.All(commit.Files, file => Assert.Equal(file.New, File.ReadAllText(directory[file.Path])));
        Assert.Equal(commit.Files.Count, Directory.GetFiles(directory.Path, "*", SearchOption.AllDirectories).Length);
        Assert.False(Recover(directory));
    });

    [Fact]
    public void Discards_what_was_staged_before_the_record() => Property.Holds(Commits(hasRecord: false), commit =>
    {
        using var directory = new TemporaryDirectory();
        commit.LayOut(directory);
        Assert.False(Recover(directory));
        Assert.All(
            commit.Files,
            file => Assert.Equal(file.Old, File.Exists(directory[file.Path]) ? File.ReadAllText(directory[file.Path]) : null));
        Assert.Equal(
            commit.Files.Count(file => file.Old is not null), Directory.GetFiles(directory.Path, "*", SearchOption.AllDirectories).Length);
    });

    [Fact]
    public void Completes_the_backup_of_an_interrupted_commit()
    {
        _directory.Write("a", "old");
        _directory.Write(".a.kubeprep-0123456789abcdef", "new");
        _directory.Write("backup/.20300615T102017Z.kubeprep-0123456789abcdef/a", "old");
        _directory.Write(".kubeprep-commit.json", """
            {"renames": [
              {"from": "backup/.20300615T102017Z.kubeprep-0123456789abcdef", "to": "backup/20300615T102017Z"},
              {"from": ".a.kubeprep-0123456789abcdef", "to": "a"}]}
            """);
        Assert.True(Recover(_directory));
        Assert.Equal("new", File.ReadAllText(_directory["a"]));
        Assert.Equal("old", File.ReadAllText(_directory["backup/20300615T102017Z/a"]));
    }

    [Theory]
    [InlineData("old\n", "old\nnew line\n")]
    [InlineData("old\nnew", "old\nnew line\n")]
    [InlineData("old\nnew line\n", "old\nnew line\n")]
    [InlineData("old\nanother's\n", "old\nanother's\nnew line\n")]
    [InlineData("", "new line\n")]
    [InlineData(null, "new line\n")]
    public void Appends_exactly_once_wherever_the_commit_was_interrupted(string? content, string expected)
    {
        if (content is not null)
        {
            _directory.Write("log", content);
        }

        _directory.Write(".kubeprep-commit.json", """{"renames": [], "append": {"path": "log", "length": 4, "text": "new line\n"}}""");
        Assert.True(Recover(_directory));
        Assert.Equal(expected, File.ReadAllText(_directory["log"]));
        Assert.False(Recover(_directory));
        Assert.Equal(expected, File.ReadAllText(_directory["log"]));
    }

    [Fact]
    public void Removes_what_was_recorded_be_it_there_or_gone()
    {
        _directory.Write("ssl/users/jane.pem", "jane");
        _directory.Write(".kubeprep-commit.json", """{"renames": [], "removals": ["ssl/users/jane.pem", "ssl/users/gone.pem"]}""");
        Assert.Null(FileView.Of(_directory.Path).Read(_directory["ssl/users/jane.pem"]));
        Assert.True(Recover(_directory));
        Assert.Empty(Directory.GetFileSystemEntries(_directory["ssl/users"]));
    }

    [Fact]
    public void Removes_through_no_link()
    {
        _directory.Write("elsewhere/users/jane.pem", "jane");
        Directory.CreateSymbolicLink(_directory["ssl"], _directory["elsewhere"]);
        _directory.Write(".kubeprep-commit.json", """{"renames": [], "removals": ["ssl/users/jane.pem"]}""");
        Expect.Error(ErrorId.NotRegularFile, () => Recover(_directory));
        Assert.True(File.Exists(_directory["elsewhere/users/jane.pem"]));
    }

    [Fact]
    public void Discards_a_backup_that_was_staged_before_the_record()
    {
        _directory.Write("backup/.20300615T102017Z.kubeprep-0123456789abcdef/ssl/a", "old");
        _directory.Write("backup/20290615T102017Z/a", "older");
        Assert.False(Recover(_directory));
        Assert.Equal([_directory["backup/20290615T102017Z"]], Directory.GetFileSystemEntries(_directory["backup"]));
    }

    [Fact]
    public void Follows_no_links_when_it_discards()
    {
        _directory.Write("elsewhere/precious", "");
        Directory.CreateSymbolicLink(_directory[".d.kubeprep-0123456789abcdef"], _directory["elsewhere"]);
        File.CreateSymbolicLink(_directory[".f.kubeprep-0123456789abcdef"], _directory["elsewhere/precious"]);
        Recover(_directory);
        Assert.True(File.Exists(_directory["elsewhere/precious"]));
        Assert.Equal([_directory["elsewhere"]], Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void Keeps_files_that_only_look_a_little_like_staged_ones()
    {
        string[] names = [".kubeprep-x", "a.kubeprep-0123456789abcdef", ".a.kubeprep-0123", ".a.swp", ".kubeprep-0123456789abcdef"];
        Array.ForEach(names, name => _directory.Write(name, ""));
        Recover(_directory);
        Assert.Equal(names.Length, Directory.GetFiles(_directory.Path).Length);
    }

    [Fact]
    public void Replaces_a_link_that_was_put_in_the_way_and_not_what_it_leads_to()
    {
        _directory.Write("victim", "precious");
        File.CreateSymbolicLink(_directory["a"], _directory["victim"]);
        _directory.Write(".a.kubeprep-0123456789abcdef", "new");
        _directory.Write(".kubeprep-commit.json", """{"renames": [{"from": ".a.kubeprep-0123456789abcdef", "to": "a"}]}""");
        Assert.True(Recover(_directory));
        Assert.Equal("precious", File.ReadAllText(_directory["victim"]));
        Assert.Null(File.ResolveLinkTarget(_directory["a"], returnFinalTarget: false));
        Assert.Equal("new", File.ReadAllText(_directory["a"]));
    }

    [Theory]
    [InlineData("../.x.kubeprep-0123456789abcdef", "../x")]
    [InlineData(".x.kubeprep-0123456789abcdef", "../x")]
    [InlineData(".x.kubeprep-0123456789abcdef", "ssl/x")]
    public void Refuses_a_record_that_reaches_out_of_its_place_and_touches_nothing(string from, string to)
    {
        _directory.Write("c/.x.kubeprep-0123456789abcdef", "staged");
        _directory.Write(".x.kubeprep-0123456789abcdef", "outside");
        _directory.Write("c/ssl/x", "old");
        _directory.Write("c/.kubeprep-commit.json", $$"""{"renames": [{"from": "{{from}}", "to": "{{to}}"}]}""");
        Expect.ErrorWithoutTrace(
            ErrorId.CommitRecordInvalid,
            _directory.Path,
            () => FileTransaction.Begin(_directory["c"], [_directory["c/ssl"]], CancellationToken.None));
    }

    [Fact]
    public void Refuses_a_record_that_reaches_out_of_its_place_through_a_link()
    {
        _directory.Write("elsewhere/.x.kubeprep-0123456789abcdef", "staged");
        _directory.Write("elsewhere/x", "precious");
        Directory.CreateDirectory(_directory["c"]);
        Directory.CreateSymbolicLink(_directory["c/ssl"], _directory["elsewhere"]);
        _directory.Write("c/.kubeprep-commit.json", """{"renames": [{"from": "ssl/.x.kubeprep-0123456789abcdef", "to": "ssl/x"}]}""");
        Assert.ThrowsAny<KubePrepException>(() => FileTransaction.Begin(_directory["c"], [_directory["c/ssl"]], CancellationToken.None));
        Assert.Equal("precious", File.ReadAllText(_directory["elsewhere/x"]));
    }

    [Fact]
    public void Completes_a_commit_whose_directory_was_removed_since()
    {
        _directory.Write(".kubeprep-commit.json", """{"renames": [{"from": "ssl/.x.kubeprep-0123456789abcdef", "to": "ssl/x"}]}""");
        Assert.True(Recover(_directory));
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    public void Dispose() => _directory.Dispose();

    private static bool Recover(TemporaryDirectory directory)
    {
        using var transaction = FileTransaction.Begin(directory.Path, [directory["ssl"]], CancellationToken.None);
        return transaction.CompletedInterruptedCommit;
    }
}
