namespace KubePrep.Cli.Tests;

public sealed class KilledReplacementTests
{
    [Fact]
    public void A_replacement_killed_at_any_rename_leaves_the_old_set_or_has_its_new_one_completed()
    {
        Strace.Require();
        // the record, the backup, and each file
        Assert.Equal(ClusterFiles.Replaceable.Count + 2, new CrashExperiment("rename,renameat,renameat2", force: true).KillAtEach());
    }

    [Fact]
    public void A_replacement_killed_while_it_waits_for_the_disk_leaves_the_old_set_or_has_its_new_one_completed()
    {
        Strace.Require();
        Assert.True(new CrashExperiment("fsync,fdatasync", force: true).KillAtEach(stride: 6) > 2 * ClusterFiles.Replaceable.Count / 6);
    }

    [Fact]
    public void A_replacement_killed_as_it_removes_its_commit_record_has_everything_in_place()
    {
        Strace.Require();
        Assert.Equal(1, new CrashExperiment("unlink,unlinkat", force: true).KillAtEach(file: ClusterFiles.CommitRecord));
    }
}
