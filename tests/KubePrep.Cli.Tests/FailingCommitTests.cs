namespace KubePrep.Cli.Tests;

/// <summary>The disk fails, but the process lives to say so.</summary>
public sealed class FailingCommitTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    private const string Renames = "rename,renameat,renameat2";

    [Theory]
    [InlineData("fsync,fdatasync", "EIO", 1)]
    [InlineData("fsync,fdatasync", "ENOSPC", 1)]
    [InlineData("fsync,fdatasync", "EIO", 20)]
    [InlineData("fsync,fdatasync", "EIO", 30)]
    [InlineData(Renames, "EIO", 1)]
    [InlineData(Renames, "ENOSPC", 1)]
    public void A_disk_that_fails_before_the_commit_record_leaves_the_old_set_and_nothing_else(string calls, string error, int when)
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var old = ClusterFiles.Read(cluster);

        var failed = Strace.Inject(calls, $"error={error}:when={when}", Kubeprep.DeployArguments(cluster, "--force")).Expect(1);

        Assert.Contains(error == "ENOSPC" ? "[DiskFull]" : "[FileWriteFailed]", failed.Error, StringComparison.Ordinal);
        Assert.Empty(failed.Output);
        Assert.Equal(old, ClusterFiles.Read(cluster));
        ClusterFiles.ExpectNoLeftovers(cluster);
        Kubeprep.MustVerify(cluster);
    }

    [Theory]
    [InlineData("EIO")]
    [InlineData("ENOSPC")]
    public void A_disk_that_fails_during_the_renames_is_not_said_to_have_changed_nothing_and_the_next_deploy_completes_them(string error)
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);

        var failed = Strace.Inject(Renames, $"error={error}:when=6", Kubeprep.DeployArguments(cluster, "--force")).Expect(1);

        Kubeprep.Verify(cluster).Expect(1);
        var before = Tree.Of(cluster);
        Assert.All(Kubeprep.MustDeploy(cluster, "--what-if").Rows, row => Assert.Equal("Kept", row.Status()));
        Assert.Equal(before, Tree.Of(cluster));
        var next = Kubeprep.MustDeploy(cluster);
        Assert.Contains("interrupted", next.Error, StringComparison.Ordinal);
        Assert.All(next.Rows, row => Assert.Equal("Kept", row.Status()));
        Kubeprep.MustVerify(cluster);
        ClusterFiles.ExpectNoLeftovers(cluster);
        Assert.DoesNotContain("as it was", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_record_that_cannot_be_removed_is_an_error_with_a_way_out_and_no_crash()
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var record = Path.Join(cluster, ClusterFiles.CommitRecord);

        var failed = Strace.Inject("unlink,unlinkat", "error=EIO", Kubeprep.DeployArguments(cluster, "--force"), record).Expect(1);

        Assert.Contains(cluster, failed.Error, StringComparison.Ordinal);
        Assert.Matches(@"\[CommitUnfinished\]\n  [A-Z]", failed.Error);
        Kubeprep.MustDeploy(cluster);
        Kubeprep.MustVerify(cluster);
    }
}
