namespace KubePrep.Cli.Tests;

public sealed class FullDiskTests
{
    private const string Ample = "size=4m,nr_inodes=500";
    private const int PageSize = 4096;

    /// <summary>The pages and inodes that a first deploy takes in the end; its commit record takes one more while it lasts.</summary>
    private static readonly Lazy<(int Pages, int Inodes)> Needed = new(Measure);

    /// <summary>From a disk with room for next to nothing to one that lacks room for the commit record alone.</summary>
    public static TheoryData<double> Fractions => [0, 0.3, 0.7, 1];

    [Theory]
    [MemberData(nameof(Fractions))]
    public void A_first_deploy_that_fills_the_disk_leaves_no_file_and_succeeds_with_more_room(double fraction)
    {
        CheckFirstDeploy($"size={Math.Max(1, (int)(Needed.Value.Pages * fraction)) * PageSize}");
    }

    [Theory]
    [MemberData(nameof(Fractions))]
    public void A_first_deploy_that_runs_out_of_inodes_leaves_no_file_and_succeeds_with_more(double fraction)
    {
        CheckFirstDeploy($"nr_inodes={Math.Max(1, (int)(Needed.Value.Inodes * fraction))}");
    }

    [Theory]
    [MemberData(nameof(Fractions))]
    public void A_replacement_that_fills_the_disk_leaves_the_old_set_and_succeeds_with_more_room(double fraction)
    {
        using var tmpfs = Tmpfs.Mount(Ample);
        Kubeprep.MustDeploy(tmpfs.Cluster);
        var replaced = ClusterFiles.Replaceable.Sum(path => Pages(Path.Join(tmpfs.Cluster, path)));
        var allButTheRecord = 2 * replaced; // each once anew, and once in the backup
        CheckReplacement(tmpfs, $"size={(tmpfs.UsedPages + (int)(allButTheRecord * fraction)) * PageSize}");
    }

    [Theory]
    [MemberData(nameof(Fractions))]
    public void A_replacement_that_runs_out_of_inodes_leaves_the_old_set_and_succeeds_with_more(double fraction)
    {
        using var tmpfs = Tmpfs.Mount(Ample);
        Kubeprep.MustDeploy(tmpfs.Cluster);
        var allButTheRecord = (2 * ClusterFiles.Replaceable.Count) + 3; // and backup/, backup/TIME/ and backup/TIME/ssl/
        CheckReplacement(tmpfs, $"nr_inodes={tmpfs.UsedInodes + (int)(allButTheRecord * fraction)}");
    }

    private static void CheckFirstDeploy(string limit)
    {
        using var tmpfs = Tmpfs.Mount(limit);

        ExpectDiskFull(Kubeprep.Deploy(tmpfs.Cluster));
        Assert.Empty(Files(tmpfs.Cluster));

        tmpfs.Resize(Ample);
        Kubeprep.MustDeploy(tmpfs.Cluster);
        Kubeprep.MustVerify(tmpfs.Cluster);
    }

    private static void CheckReplacement(Tmpfs tmpfs, string limit)
    {
        var old = ClusterFiles.Read(tmpfs.Cluster);
        var listing = Files(tmpfs.Cluster);
        tmpfs.Resize(limit);

        ExpectDiskFull(Kubeprep.Deploy(tmpfs.Cluster, "--force"));
        Assert.Equal(old, ClusterFiles.Read(tmpfs.Cluster));
        Assert.Equal(listing, Files(tmpfs.Cluster));
        ClusterFiles.ExpectPrivateSecrets(tmpfs.Cluster);
        Kubeprep.MustVerify(tmpfs.Cluster);

        tmpfs.Resize(Ample);
        Kubeprep.MustDeploy(tmpfs.Cluster, "--force");
        Kubeprep.MustVerify(tmpfs.Cluster);
        var renewed = ClusterFiles.Read(tmpfs.Cluster);
        Assert.All(ClusterFiles.Replaceable, path => Assert.NotEqual(old[path], renewed[path]));
    }

    private static void ExpectDiskFull(ToolResult result)
    {
        result.Expect(1);
        Assert.Empty(result.Output);
        Assert.Contains("[DiskFull]", result.Error, StringComparison.Ordinal);
        Assert.Contains("Free some space", result.Error, StringComparison.Ordinal);
    }

    private static (int Pages, int Inodes) Measure()
    {
        using var tmpfs = Tmpfs.Mount(Ample);
        Kubeprep.MustDeploy(tmpfs.Cluster);
        return (tmpfs.UsedPages, tmpfs.UsedInodes);
    }

    private static int Pages(string path) => (int)((new FileInfo(path).Length + PageSize - 1) / PageSize);

    private static string[] Files(string directory) => Directory.Exists(directory)
        ? [.. ClusterFiles.Everything(directory).Where(File.Exists).Order(StringComparer.Ordinal)]
        : [];
}
