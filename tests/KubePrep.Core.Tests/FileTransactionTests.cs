using System.Globalization;
using KubePrep.Files;

namespace KubePrep.Core.Tests;

public sealed class FileTransactionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Replaces_nothing_before_its_commit_and_everything_after_it()
    {
        _directory.Write("a", "old a");
        using (var transaction = Begin())
        {
            transaction.Stage(_directory["a"], "new a"u8, FileTransaction.SecretMode);
            transaction.Stage(_directory["ssl/b"], "new b"u8, FileTransaction.PublicMode);
            Assert.Equal("old a", File.ReadAllText(_directory["a"]));
            Assert.False(File.Exists(_directory["ssl/b"]));
            Assert.Equal("new a"u8.ToArray(), transaction.View.Read(_directory["a"]));
            Assert.Equal("new b"u8.ToArray(), transaction.View.Read(_directory["ssl/b"]));
            Assert.Equal(FileTransaction.SecretMode, transaction.View.Status(_directory["a"]).Mode);
            transaction.Commit();
        }

        Assert.Equal("new a", File.ReadAllText(_directory["a"]));
        Assert.Equal("new b", File.ReadAllText(_directory["ssl/b"]));
        Assert.Equal(["a", "ssl", "ssl/b"], Entries());
    }

    [Fact]
    public void Removes_nothing_before_its_commit_and_keeps_a_backup_of_it()
    {
        _directory.Write("ssl/users/jane.pem", "jane");
        using (var transaction = Begin())
        {
            transaction.Remove(_directory["ssl/users/jane.pem"]);
            Assert.True(File.Exists(_directory["ssl/users/jane.pem"]));
            Assert.Null(transaction.View.Read(_directory["ssl/users/jane.pem"]));
            Assert.Equal(FileKind.Missing, transaction.View.Status(_directory["ssl/users/jane.pem"]).Kind);
            Assert.Empty(transaction.View.List(_directory["ssl/users"], "*"));
            transaction.BackUpReplaced(TestPki.Now);
            transaction.Commit();
        }

        Assert.False(File.Exists(_directory["ssl/users/jane.pem"]));
        var backup = Assert.Single(Directory.GetDirectories(_directory["backup"]));
        Assert.Equal("jane", File.ReadAllText(Path.Join(backup, "ssl/users/jane.pem")));
    }

    [Fact]
    public void Appends_at_its_commit_and_makes_the_file_if_it_is_missing()
    {
        foreach (var line in new[] { "one\n", "two\n" })
        {
            using var transaction = Begin();
            transaction.Append(_directory["ssl/log"], line);
            Assert.DoesNotContain(line, File.Exists(_directory["ssl/log"]) ? File.ReadAllText(_directory["ssl/log"]) : "", StringComparison.Ordinal);
            Directory.CreateDirectory(_directory["ssl"]);
            transaction.Commit();
        }

        Assert.Equal("one\ntwo\n", File.ReadAllText(_directory["ssl/log"]));
    }

    [Fact]
    public void Appends_and_removes_through_no_link()
    {
        _directory.Write("victim", "precious");
        File.CreateSymbolicLink(_directory["log"], _directory["victim"]);
        using (var transaction = Begin())
        {
            Expect.Error(ErrorId.NotRegularFile, () => transaction.Append(_directory["log"], "x\n"));
            Expect.Error(ErrorId.NotRegularFile, () => transaction.Remove(_directory["log"]));
        }

        Assert.Equal("precious", File.ReadAllText(_directory["victim"]));
    }

    [Fact]
    public void Discards_what_was_not_committed()
    {
        _directory.Write("a", "old a");
        using (var transaction = Begin())
        {
            transaction.Stage(_directory["a"], "new a"u8, FileTransaction.SecretMode);
            transaction.Stage(_directory["ssl/b"], "new b"u8, FileTransaction.PublicMode);
            transaction.BackUpReplaced(TestPki.Now);
        }

        Assert.Equal("old a", File.ReadAllText(_directory["a"]));
        Assert.DoesNotContain(Entries(), entry => entry.Contains("kubeprep-", StringComparison.Ordinal));
        Assert.False(File.Exists(_directory["ssl/b"]));
    }

    [Fact]
    public void Leaves_no_trace_where_nothing_was_staged()
    {
        _directory.Write("a", "old a");
        var before = DirectoryListing.Of(_directory.Path);
        using (var transaction = Begin())
        {
            Assert.Null(transaction.BackUpReplaced(TestPki.Now));
            transaction.Commit();
        }

        Assert.Equal(before, DirectoryListing.Of(_directory.Path));
    }

    [Fact]
    public void Makes_missing_directories_private_but_for_its_own()
    {
        using var transaction = FileTransaction.Begin(_directory["c"], [_directory["c/ssl"]], CancellationToken.None);
        transaction.Stage(_directory["c/ssl/b"], "b"u8, FileTransaction.PublicMode);
        transaction.Commit();
        Assert.Equal("700", ModeOf("c/ssl"));
        Assert.True(Directory.Exists(_directory["c"]));
    }

    [Fact]
    public void Keeps_the_mode_of_a_directory_that_exists()
    {
        Directory.CreateDirectory(_directory["ssl"]);
        Tool.Run("chmod", "750", _directory["ssl"]);
        using var transaction = Begin();
        transaction.Stage(_directory["ssl/b"], "b"u8, FileTransaction.PublicMode);
        transaction.Commit();
        Assert.Equal("750", ModeOf("ssl"));
    }

    [Fact]
    public void Replaces_a_file_by_a_new_one_so_that_a_hard_link_to_the_old_one_is_not_touched()
    {
        var victim = _directory.Write("victim", "precious");
        Tool.Run("ln", victim, _directory["a"]);
        using var transaction = Begin();
        transaction.Stage(_directory["a"], "new a"u8, FileTransaction.SecretMode);
        transaction.Commit();
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Equal("new a", File.ReadAllText(_directory["a"]));
    }

    [Fact]
    public void Refuses_targets_that_are_no_regular_files()
    {
        _directory.Write("victim", "precious");
        File.CreateSymbolicLink(_directory["link"], _directory["victim"]);
        Directory.CreateDirectory(_directory["directory"]);
        Tool.Run("mkfifo", _directory["pipe"]);
        foreach (var name in new[] { "link", "directory", "pipe" })
        {
            using var transaction = Begin();
            Expect.ErrorWithoutTrace(
                ErrorId.NotRegularFile,
                _directory.Path,
                () => transaction.Stage(_directory[name], "new"u8, FileTransaction.SecretMode));
            Expect.Error(ErrorId.NotRegularFile, () => FileTransaction.RequireRegularTarget(_directory[name]));
        }

        Assert.Equal("precious", File.ReadAllText(_directory["victim"]));
    }

    [Fact]
    public void Requires_a_directory_to_be_no_link_and_no_file()
    {
        _directory.Write("file", "");
        Directory.CreateDirectory(_directory["directory"]);
        File.CreateSymbolicLink(_directory["link"], _directory["directory"]);
        Expect.Error(ErrorId.NotRegularFile, () => FileTransaction.RequireOwnDirectory(_directory["file"]));
        Expect.Error(ErrorId.NotRegularFile, () => FileTransaction.RequireOwnDirectory(_directory["link"]));
        FileTransaction.RequireOwnDirectory(_directory["directory"]);
        FileTransaction.RequireOwnDirectory(_directory["missing"]);
        FileTransaction.RequireRegularTarget(_directory["file"]);
        FileTransaction.RequireRegularTarget(_directory["missing"]);
    }

    [Fact]
    public void Backs_up_what_it_replaces_with_bytes_and_modes()
    {
        string[] modes = ["600", "644", "640", "400", "755"];
        foreach (var mode in modes)
        {
            Tool.Run("chmod", mode, _directory.Write($"ssl/{mode}", $"old {mode}"));
        }

        _directory.Write("kept", "");
        using var transaction = Begin();
        foreach (var mode in modes)
        {
            transaction.Stage(_directory[$"ssl/{mode}"], "new"u8, FileTransaction.SecretMode);
        }

        transaction.Stage(_directory["new"], "new"u8, FileTransaction.SecretMode);
        var backup = transaction.BackUpReplaced(TestPki.Now);
        Assert.Equal(_directory["backup/20300615T102017Z"], backup);
        Assert.False(Directory.Exists(backup));
        transaction.Commit();

        Assert.Equal("700", ModeOf("backup"));
        Assert.Equal("700", ModeOf("backup/20300615T102017Z"));
        Assert.Equal("700", ModeOf("backup/20300615T102017Z/ssl"));
        foreach (var mode in modes)
        {
            Assert.Equal($"old {mode}", File.ReadAllText(_directory[$"backup/20300615T102017Z/ssl/{mode}"]));
            Assert.Equal(mode, ModeOf($"backup/20300615T102017Z/ssl/{mode}"));
            Assert.Equal("new", File.ReadAllText(_directory[$"ssl/{mode}"]));
            Assert.Equal(mode == "400" ? "400" : "600", ModeOf($"ssl/{mode}")); // what its owner made stricter stays so
        }

        Assert.Equal(modes.Length, Directory.GetFiles(backup!, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Never_puts_one_backup_into_another()
    {
        for (var i = 0; i < 3; i++)
        {
            _directory.Write("a", string.Create(CultureInfo.InvariantCulture, $"content {i}"));
            using var transaction = Begin();
            transaction.Stage(_directory["a"], "new"u8, FileTransaction.SecretMode);
            transaction.BackUpReplaced(TestPki.Now);
            transaction.Commit();
        }

        Assert.Equal("content 0", File.ReadAllText(_directory["backup/20300615T102017Z/a"]));
        Assert.Equal("content 1", File.ReadAllText(_directory["backup/20300615T102017Z-2/a"]));
        Assert.Equal("content 2", File.ReadAllText(_directory["backup/20300615T102017Z-3/a"]));
    }

    [Fact]
    public void Follows_no_link_to_where_backups_belong()
    {
        _directory.Write("a", "old");
        Directory.CreateDirectory(_directory["elsewhere"]);
        File.CreateSymbolicLink(_directory["backup"], _directory["elsewhere"]);
        using (var transaction = Begin())
        {
            transaction.Stage(_directory["a"], "new"u8, FileTransaction.SecretMode);
            Expect.Error(ErrorId.NotRegularFile, () => transaction.BackUpReplaced(TestPki.Now));
        }

        Assert.Empty(Directory.GetFileSystemEntries(_directory["elsewhere"]));
        Assert.Equal("old", File.ReadAllText(_directory["a"]));
        Assert.DoesNotContain(Entries(), entry => entry.Contains("kubeprep-", StringComparison.Ordinal));
    }

    [Fact]
    public void Gives_no_secret_to_whoever_owned_the_file_before()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give files away");
        Tool.Run("chown", "1234:2345", _directory.Write("a", "old"));
        using var transaction = Begin();
        transaction.Stage(_directory["a"], "new"u8, FileTransaction.SecretMode);
        var backup = transaction.BackUpReplaced(TestPki.Now);
        transaction.Commit();
        foreach (var path in new[] { _directory["a"], Path.Join(backup, "a") })
        {
            Assert.Equal(0u, FileStatus.Read(path).UserId);
        }
    }

    [Fact]
    public void Lets_the_next_one_wait_until_it_has_ended()
    {
        using var stop = new CancellationTokenSource();
        using (Begin())
        {
            stop.Cancel();
            Assert.Throws<OperationCanceledException>(() => FileTransaction.Begin(_directory.Path, [], stop.Token));
        }

        Begin().Dispose();
    }

    [Fact]
    public void Says_so_where_its_directory_cannot_be_made()
    {
        _directory.Write("file", "");
        Expect.Error(ErrorId.DirectoryNotWritable, () => FileTransaction.Begin(_directory["file/c"], [], CancellationToken.None));
        Expect.Error(ErrorId.DirectoryNotWritable, () => FileTransaction.Begin(_directory["file"], [], CancellationToken.None));
        Expect.Error(ErrorId.DirectoryNotWritable, () => FileTransaction.Begin("/proc/kubeprep", [], CancellationToken.None));
    }

    public void Dispose() => _directory.Dispose();

    private FileTransaction Begin() => FileTransaction.Begin(_directory.Path, [_directory["ssl"]], CancellationToken.None);

    private string ModeOf(string name) => Convert.ToString((int)File.GetUnixFileMode(_directory[name]), 8);

    private IEnumerable<string> Entries() =>
        Directory.GetFileSystemEntries(_directory.Path, "*", SearchOption.AllDirectories).Select(e => Path.GetRelativePath(_directory.Path, e)).Order();
}
