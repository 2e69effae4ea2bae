namespace KubePrep.Cli.Tests;

public sealed class KilledDeployTests
{
    [Fact]
    public void A_first_deploy_killed_at_any_rename_is_undone_or_completed_by_the_next()
    {
        Strace.Require();
        // every file, the ledger among them, and the record
        Assert.Equal(ClusterFiles.All.Count + 2, new CrashExperiment("rename,renameat,renameat2", force: false).KillAtEach());
    }

    [Fact]
    public void A_first_deploy_killed_while_it_waits_for_the_disk_is_undone_or_completed_by_the_next()
    {
        Strace.Require();
        Assert.True(new CrashExperiment("fsync,fdatasync", force: false).KillAtEach(stride: 6) > ClusterFiles.All.Count / 6);
    }

    [Fact]
    public void A_first_deploy_killed_as_it_removes_its_commit_record_has_everything_in_place()
    {
        Strace.Require();
        Assert.Equal(1, new CrashExperiment("unlink,unlinkat", force: false).KillAtEach(file: ClusterFiles.CommitRecord));
    }
}
