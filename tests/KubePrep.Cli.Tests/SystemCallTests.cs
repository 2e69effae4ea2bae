namespace KubePrep.Cli.Tests;

public sealed class SystemCallTests
{
    private const string FileCalls =
        "open,openat,openat2,creat,chmod,fchmod,fchmodat,fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
        + "truncate,ftruncate,unlink,unlinkat";

    private const string ProcessCalls = "execve,execveat,fork,vfork,clone,clone3";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_secret_is_born_private_under_a_name_of_its_own_and_synced_before_it_gets_its_own(bool force)
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        if (force)
        {
            Kubeprep.MustDeploy(cluster);
        }

        var calls = Trace(FileCalls, cluster, force ? ["--force"] : []);

        var record = IndexOfRename(calls, Path.Join(cluster, ClusterFiles.CommitRecord));
        Assert.All(ClusterFiles.Secrets, path => CheckBirth(calls, Path.Join(cluster, path), record));
        Assert.True(
            ClusterFiles.Keys.Max(path => IndexOfRename(calls, Path.Join(cluster, path)))
            < ClusterFiles.Certificates.Min(path => IndexOfRename(calls, Path.Join(cluster, path))),
            "A certificate was in place before the last key.");
    }

    [Fact]
    public void What_is_staged_is_on_the_disk_before_its_record_and_the_renames_before_the_record_goes()
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        var calls = Trace(FileCalls, cluster);

        var record = Path.Join(cluster, ClusterFiles.CommitRecord);
        var recorded = IndexOfRename(calls, record);
        var removed = Index(calls, call => call.Name is "unlink" or "unlinkat" && call.Paths.Contains(record));
        var renames = ClusterFiles.All.Select(path => IndexOfRename(calls, Path.Join(cluster, path))).ToList();
        foreach (var parent in new[] { cluster, Path.Join(cluster, "ssl") })
        {
            Assert.Contains(calls.Take(recorded), call => IsSyncOf(call, parent));
            Assert.Contains(calls.Skip(renames.Max()).Take(removed - renames.Max()), call => IsSyncOf(call, parent));
        }

        Assert.Contains(calls.Skip(recorded).Take(renames.Min() - recorded), call => IsSyncOf(call, cluster));
        Assert.All(ClusterFiles.All, path => Assert.Contains(calls.Take(recorded), call => IsSyncOf(call, StagedFor(calls, Path.Join(cluster, path)))));
    }

    [Fact]
    public void Nothing_but_staged_files_is_opened_for_writing()
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);

        var written = Trace(FileCalls, cluster, "--force")
            .Where(call => call.Name is "open" or "openat" or "openat2" or "creat")
            .Where(call => call.Paths.Any(path => path.StartsWith(cluster, StringComparison.Ordinal)))
            .Where(call => !call.Arguments.Contains("O_RDONLY", StringComparison.Ordinal))
            .ToList();

        // but for the ledger, of which nothing can be lost this way
        var ledger = Assert.Single(written, call => call.Paths[^1].EndsWith("/ssl/issued.jsonl", StringComparison.Ordinal));
        Assert.Contains("O_APPEND|O_NONBLOCK|O_NOFOLLOW", ledger.Arguments, StringComparison.Ordinal);
        written.Remove(ledger);
        Assert.NotEmpty(written);
        Assert.All(written, call => Assert.Contains(".kubeprep-", call.Paths[^1], StringComparison.Ordinal));
        Assert.All(written, call => Assert.Contains("O_WRONLY|O_CREAT|O_EXCL", call.Arguments, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("verify")]
    public void No_child_process_is_started(string command)
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);

        var calls = Strace.Trace(
            ProcessCalls,
            command == "verify"
                ? [Kubeprep.Executable, "verify", "--cluster-directory", cluster]
                : [Kubeprep.Executable, .. Kubeprep.DeployArguments(cluster, "--force")]);

        var execution = Assert.Single(calls, call => call.Name is "execve" or "execveat");
        Assert.Contains(Kubeprep.Executable, execution.Paths);
        Assert.All(
            calls.Where(call => call != execution),
            call => Assert.Contains("CLONE_THREAD", call.Arguments, StringComparison.Ordinal));
    }

    /// <summary>Under a umask that takes nothing away, so that what is private is so by itself.</summary>
    private static IReadOnlyList<SystemCall> Trace(string calls, string cluster, params IEnumerable<string> options) => Strace.Trace(
        calls, ["sh", "-c", "umask 000; exec \"$@\"", "sh", Kubeprep.Executable, .. Kubeprep.DeployArguments(cluster, options)]);

    private static void CheckBirth(IReadOnlyList<SystemCall> calls, string path, int record)
    {
        var staged = StagedFor(calls, path);
        Assert.Equal(Path.GetDirectoryName(path), Path.GetDirectoryName(staged));
        var born = Index(calls, call => call.Name == "openat" && call.Paths.Contains(staged));
        Assert.Contains("O_CREAT|O_EXCL", calls[born].Arguments, StringComparison.Ordinal);
        Assert.EndsWith(", 0600", calls[born].Arguments, StringComparison.Ordinal);
        Assert.True(calls[born].Succeeded);
        var synced = Index(calls, call => IsSyncOf(call, staged));
        Assert.True(born < synced && synced < record && record < IndexOfRename(calls, path), $"{path} was not synced, recorded and then renamed.");
        Assert.DoesNotContain(
            calls, call => call.Name.Contains("chmod", StringComparison.Ordinal) && (call.Paths.Contains(staged) || call.Paths.Contains(path)));
    }

    private static bool IsSyncOf(SystemCall call, string path) => call.Name is "fsync" or "fdatasync" && call.Paths.Contains(path);

    private static string StagedFor(IReadOnlyList<SystemCall> calls, string path) => calls[IndexOfRename(calls, path)].Paths[^2];

    private static int IndexOfRename(IReadOnlyList<SystemCall> calls, string target) =>
        Index(calls, call => call.Name.StartsWith("rename", StringComparison.Ordinal) && call.Paths[^1] == target && call.Succeeded);

    private static int Index(IReadOnlyList<SystemCall> calls, Func<SystemCall, bool> isIt)
    {
        var found = calls.Index().Where(item => isIt(item.Item)).Select(item => item.Index).ToList();
        Assert.NotEmpty(found);
        return found[0];
    }
}
