using Xunit.Sdk;

namespace KubePrep.Cli.Tests;

/// <summary>
/// Kills a deploy at each of some system calls in turn, and checks what must hold after each kill, and after the deploy that follows it.
/// </summary>
internal sealed class CrashExperiment(string calls, bool force)
{
    private static readonly Dictionary<string, byte[]> Nothing = [];

    /// <summary>Kills at the calls 1, 1 + stride and so on, until a run ends without having come to that call.</summary>
    /// <param name="stride">How many calls lie between two kills.</param>
    /// <param name="file">If given, only calls about this file of the cluster's directory count.</param>
    /// <returns>How many runs were killed.</returns>
    public int KillAtEach(int stride = 1, string? file = null)
    {
        using var directory = new TemporaryDirectory();
        var existing = directory["existing"];
        if (force)
        {
            Kubeprep.MustDeploy(existing);
        }

        for (var kills = 0; ; kills++)
        {
            var call = 1 + (kills * stride);
            var cluster = directory[$"killed-at-{call}"];
            if (force)
            {
                Tool.Must("cp", "--archive", existing, cluster);
            }

            var path = file is null ? null : Path.Join(cluster, file);
            var run = Strace.KillAt(calls, call, Kubeprep.DeployArguments(cluster, force ? ["--force"] : []), path);
            if (run.ExitCode != Strace.Killed)
            {
                run.Expect(0);
                ClusterFiles.ExpectNoLeftovers(cluster);
                return kills;
            }

            try
            {
                CheckAfterKill(cluster, force ? ClusterFiles.Read(existing) : Nothing);
            }
            catch (XunitException e)
            {
                Assert.Fail($"Killed at {calls} number {call}: {e}");
            }
        }
    }

    private void CheckAfterKill(string cluster, Dictionary<string, byte[]> old)
    {
        var found = ClusterFiles.Read(cluster);
        var staged = ClusterFiles.ReadStaged(cluster);
        Assert.All(found, file => WholeFile.Expect(file.Key, file.Value));
        ClusterFiles.ExpectPrivateSecrets(cluster);
        if (File.Exists(Path.Join(cluster, ClusterFiles.CommitRecord)))
        {
            CheckUnfinishedCommit(cluster, old, found, staged);
        }
        else if (IsSame(found, old))
        {
            CheckUnbegunCommit(cluster, old);
        }
        else
        {
            CheckFinishedCommit(cluster, old, found);
        }

        Kubeprep.MustVerify(cluster);
        ClusterFiles.ExpectNoLeftovers(cluster);
        Assert.Equal(ClusterFiles.All.Count, ClusterFiles.Read(cluster).Count);
    }

    /// <summary>The old set stands as it was, and what was staged is discarded.</summary>
    private void CheckUnbegunCommit(string cluster, Dictionary<string, byte[]> old)
    {
        Kubeprep.Verify(cluster).Expect(force ? 0 : 1);
        var next = Kubeprep.MustDeploy(cluster);
        Assert.All(next.Rows, row => Assert.Equal(force ? "Kept" : "Created", row.Status()));
        if (force)
        {
            Assert.True(IsSame(ClusterFiles.Read(cluster), old), "The deploy after the kill changed the old set.");
        }
    }

    /// <summary>The next deploy completes the new set, byte for byte as it was staged, and until then nobody calls the mixture good.</summary>
    private void CheckUnfinishedCommit(
        string cluster, Dictionary<string, byte[]> old, Dictionary<string, byte[]> found, Dictionary<string, byte[]> staged)
    {
        var verdict = Kubeprep.Verify(cluster).Expect(1).Rows.Of(Path.Join(cluster, ClusterFiles.CommitRecord));
        Assert.Equal("Failed", verdict.Verdict());
        Assert.Contains("interrupted", verdict.Reason(), StringComparison.Ordinal);

        var next = Kubeprep.MustDeploy(cluster);
        Assert.All(next.Rows, row => Assert.Equal("Kept", row.Status()));
        Assert.Contains("interrupted", next.Error, StringComparison.Ordinal);
        var complete = ClusterFiles.Read(cluster);
        Assert.All(staged, file => Assert.Equal(file.Value, complete[file.Key]));
        Assert.All(found, file => Assert.True(
            IsSame(file.Value, complete[file.Key]) || IsSame(file.Value, old.GetValueOrDefault(file.Key)), $"{file.Key} was neither old nor new."));
        CheckReplaced(cluster, old, complete);
    }

    /// <summary>Killed in its last steps, with everything done.</summary>
    private void CheckFinishedCommit(string cluster, Dictionary<string, byte[]> old, Dictionary<string, byte[]> found)
    {
        Kubeprep.MustVerify(cluster);
        Assert.All(Kubeprep.MustDeploy(cluster).Rows, row => Assert.Equal("Kept", row.Status()));
        Assert.True(IsSame(ClusterFiles.Read(cluster), found), "The deploy after the kill changed the new set.");
        CheckReplaced(cluster, old, found);
    }

    private void CheckReplaced(string cluster, Dictionary<string, byte[]> old, Dictionary<string, byte[]> complete)
    {
        if (force)
        {
            Assert.All(ClusterFiles.Replaceable, path => Assert.NotEqual(old[path], complete[path]));
            var backup = Assert.Single(Directory.GetDirectories(Path.Join(cluster, "backup")));
            Assert.All(ClusterFiles.Replaceable, path => Assert.Equal(old[path], File.ReadAllBytes(Path.Join(backup, path))));
        }
    }

    private static bool IsSame(Dictionary<string, byte[]> left, Dictionary<string, byte[]> right) =>
        left.Count == right.Count && left.All(file => IsSame(file.Value, right.GetValueOrDefault(file.Key)));

    private static bool IsSame(byte[] left, byte[]? right) => right is not null && left.AsSpan().SequenceEqual(right);
}
