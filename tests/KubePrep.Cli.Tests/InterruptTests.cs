namespace KubePrep.Cli.Tests;

public sealed class InterruptTests
{
    private const int Interrupted = 130;
    private const int Terminated = 143;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("INT", Interrupted)]
    [InlineData("TERM", Terminated)]
    public void A_deploy_that_waits_for_another_is_interrupted_and_changes_nothing(string signal, int exitCode)
    {
        Tool.Require("flock");
        using var directory = new TemporaryDirectory();
        var cluster = Directory.CreateDirectory(directory["cluster"]).FullName;
        using var other = Lock(cluster);
        var before = Tree.Of(cluster);
        using var deploy = new RunningTool(Kubeprep.Executable, Kubeprep.DeployArguments(cluster));
        Wait.Until(() => deploy.HasOpen(cluster), "the deploy waits for the lock");

        deploy.Signal(signal);

        var result = deploy.WaitForExit(Limit).Expect(exitCode);
        Assert.Empty(result.Output);
        Assert.Contains("interrupted", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Tree.Of(cluster));
    }

    [Fact]
    public void A_deploy_that_waits_for_another_goes_on_when_that_ends()
    {
        Tool.Require("flock");
        using var directory = new TemporaryDirectory();
        var cluster = Directory.CreateDirectory(directory["cluster"]).FullName;
        using var other = Lock(cluster);
        using var deploy = new RunningTool(Kubeprep.Executable, Kubeprep.DeployArguments(cluster));
        Wait.Until(() => deploy.HasOpen(cluster), "the deploy waits for the lock");
        Assert.Empty(Directory.EnumerateFileSystemEntries(cluster));

        other.WaitForExit(Limit).Expect(0);

        deploy.WaitForExit(Limit).Expect(0);
        Kubeprep.MustVerify(cluster);
    }

    [Fact]
    public void A_deploy_interrupted_while_it_makes_keys_leaves_no_file()
    {
        using var directory = new TemporaryDirectory();
        var cluster = Directory.CreateDirectory(directory["cluster"]).FullName;
        using var deploy = new RunningTool(Kubeprep.Executable, Kubeprep.DeployArguments(cluster, "--key-algorithm", "Rsa4096"));
        Wait.Until(() => deploy.HasOpen(cluster), "the deploy has begun");

        deploy.Signal("INT");

        deploy.WaitForExit(Limit).Expect(Interrupted);
        Assert.Empty(Directory.EnumerateFiles(cluster, "*", SearchOption.AllDirectories));
        Kubeprep.MustDeploy(cluster);
        Kubeprep.MustVerify(cluster);
    }

    /// <summary>Holds the lock that deploys take, until its input ends.</summary>
    private static RunningTool Lock(string directory)
    {
        var holder = new RunningTool("flock", directory, "sh", "-c", "echo held; cat");
        Wait.Until(() => holder.Printed.Length > 0, "the lock is held");
        return holder;
    }
}
