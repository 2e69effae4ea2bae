namespace KubePrep.Cli.Tests;

public sealed class ConcurrencyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public void Four_first_deploys_at_once_make_one_set_which_nobody_ever_sees_in_part()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];

        var results = DeployAtOnce(cluster, Enumerable.Repeat(Kubeprep.DeployArguments(cluster, "--json"), 4));

        var creators = results.Where(result => result.Rows.Any(row => row.Status() == "Created")).ToList();
        Assert.All(Assert.Single(creators).Rows, row => Assert.Equal("Created", row.Status()));
        Assert.All(results.Except(creators), result => Assert.All(result.Rows, row => Assert.Equal("Kept", row.Status())));
        Assert.Equal(ClusterFiles.All.Count, ClusterFiles.Read(cluster).Count);
    }

    [Fact]
    public void Four_deploys_at_once_with_a_server_each_end_with_one_server_everywhere()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        var servers = Enumerable.Range(1, 4).Select(i => $"https://192.0.2.{i}:6443").ToList();

        DeployAtOnce(
            cluster, servers.Select(server => new[] { "deploy", "--cluster-directory", cluster, "--cluster-name", "lab", "--server", server, "--json" }));

        var written = ClusterFiles.Kubeconfigs.Select(path => ServerOf(Path.Join(cluster, path))).Distinct();
        Assert.Contains(Assert.Single(written), servers);
    }

    [Fact]
    public void Four_replacements_at_once_each_back_up_what_they_replace()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        Kubeprep.MustDeploy(cluster);
        var first = ClusterFiles.Read(cluster);

        DeployAtOnce(cluster, Enumerable.Repeat(Kubeprep.DeployArguments(cluster, "--force", "--json"), 4));

        var backups = Directory.GetDirectories(Path.Join(cluster, "backup"));
        Assert.Equal(4, backups.Length);
        var authorities = backups.Append(cluster).Select(path => File.ReadAllText(Path.Join(path, "ssl/ca-key.pem"))).Distinct();
        Assert.Equal(5, authorities.Count());
        Assert.Contains(backups, path => File.ReadAllBytes(Path.Join(path, "ssl/ca-key.pem")).SequenceEqual(first["ssl/ca-key.pem"]));
    }

    [Fact]
    public void A_deploy_that_looked_before_another_made_the_directory_takes_what_that_made()
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        var log = directory["log"];
        using var early = Strace.StopAt(Path.Join(cluster, "ssl/ca.pem"), log, Kubeprep.DeployArguments(cluster, "--json"));

        var other = Kubeprep.MustDeploy(cluster);
        Strace.Continue(log);

        var result = early.WaitForExit(Limit).Expect(0);
        Assert.All(other.Rows, row => Assert.Equal("Created", row.Status()));
        Assert.All(result.Rows, row => Assert.Equal("Kept", row.Status()));
        Kubeprep.MustVerify(cluster);
    }

    private static List<ToolResult> DeployAtOnce(string cluster, IEnumerable<IReadOnlyList<string>> commandLines)
    {
        using var poller = new FilePoller(cluster);
        var deploys = commandLines.Select(arguments => new RunningTool(Kubeprep.Executable, arguments)).ToList();
        try
        {
            var results = deploys.ConvertAll(deploy => deploy.WaitForExit(Limit));
            poller.ExpectAllWhole();
            Assert.All(results, result => result.Expect(0));
            Kubeprep.MustVerify(cluster);
            ClusterFiles.ExpectNoLeftovers(cluster);
            return results;
        }
        finally
        {
            deploys.ForEach(deploy => deploy.Dispose());
        }
    }

    private static string ServerOf(string kubeconfig) =>
        File.ReadLines(kubeconfig).Single(line => line.StartsWith("    server: ", StringComparison.Ordinal))["    server: ".Length..];
}
