namespace KubePrep.Lab.Tests;

/// <summary>A run belongs to the node: it goes on without the client that sent it, and other clients know of it.</summary>
public sealed class DetachedRunTests(Lab lab)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private const string Profile = "packages: [media-types]\nsysctl:\n  net.ipv4.ip_forward: 1\n";

    [Fact]
    public void A_node_finishes_without_its_client_and_the_next_client_follows_it()
    {
        using var site = new Site(lab);
        var (gate, profile) = (new DpkgGate(site.Node), site.Profile(Profile));
        using (var killed = site.StartPrepare("--profile", profile))
        {
            gate.AwaitDpkg();
            killed.Signal("KILL");
            Assert.Equal(137, killed.WaitForExit(Limit).ExitCode);
        }

        var check = site.Check("--profile", profile, "--json").Expect(1).Of(site.Node);
        Assert.Contains(check.Warnings(), warning => warning.Contains("is changing", StringComparison.Ordinal));
        using var next = site.StartPrepare("--profile", profile, "--json");
        AwaitFollowing(next);
        gate.Open();

        Assert.Equal("Packages=Compliant Sysctl=Compliant TimeSync=Compliant", next.WaitForExit(Limit).Expect(0).Of(site.Node).Summary());
        AssertDoneOnce(site.Node);
    }

    [Fact]
    public void A_node_finishes_without_any_client()
    {
        using var site = new Site(lab);
        var (gate, profile) = (new DpkgGate(site.Node), site.Profile(Profile));
        using var killed = site.StartPrepare("--profile", profile);
        gate.AwaitDpkg();
        killed.Signal("KILL");
        killed.WaitForExit(Limit);
        gate.Open();

        Assert.Equal("good", site.Node.AwaitEnd());

        Assert.True(site.Node.HasPackage("media-types"));
        Assert.Equal("Compliant", site.Prepare("--profile", profile, "--json").Expect(0).Of(site.Node).Status());
        AssertDoneOnce(site.Node);
    }

    [Fact]
    public void Two_clients_at_once_do_the_work_once()
    {
        using var site = new Site(lab);
        var (gate, profile) = (new DpkgGate(site.Node), site.Profile(Profile));
        using var one = site.StartPrepare("--profile", profile, "--json");
        using var other = site.StartPrepare("--profile", profile, "--json");
        AwaitFollowing(one);
        AwaitFollowing(other);
        gate.Open();

        var statuses = new[] { one, other }.Select(client => client.WaitForExit(Limit).Expect(0).Of(site.Node).Status());

        Assert.Equal(["Changed", "Compliant"], statuses.Order());
        AssertDoneOnce(site.Node);
    }

    [Fact]
    public void A_run_that_is_killed_on_its_node_is_told_of_and_completed_by_the_next()
    {
        using var site = new Site(lab);
        var (gate, profile) = (new DpkgGate(site.Node), site.Profile(Profile));
        using var prepare = site.StartPrepare("--profile", profile, "--json");
        gate.AwaitDpkg();

        site.Node.Must("kill -s KILL $(cat /run/kubeprep/*/pid)");

        var row = prepare.WaitForExit(Limit).Expect(1).Of(site.Node);
        Assert.Equal("ApplyFailed", row.Error());
        Assert.Contains("the run ended before it was done", row.GetProperty("error").Text("message"), StringComparison.Ordinal);
        gate.Open();
        site.Prepare("--profile", profile).Expect(0);
        Assert.True(site.Node.HasPackage("media-types"));
        site.Check("--profile", profile).Expect(0);
    }

    [Fact]
    public void A_node_that_loses_its_power_meanwhile_is_completed()
    {
        using var site = new Site(lab);
        var (gate, profile) = (new DpkgGate(site.Node), site.Profile(Profile));
        using var prepare = site.StartPrepare("--profile", profile, "--json");
        gate.AwaitDpkg();

        site.Node.Stop();
        File.WriteAllText(Path.Join(site.Node.Root, "srv/open"), "");
        site.Node.Start();

        if (prepare.WaitForExit(Limit).ExitCode != 0)
        {
            site.Prepare("--profile", profile).Expect(0);
        }

        Assert.True(site.Node.HasPackage("media-types"));
        site.Check("--profile", profile).Expect(0);
    }

    private static void AwaitFollowing(RunningTool client) =>
        Wait.Until(() => client.Printed.Contains("Packages: install media-types", StringComparison.Ordinal), "the client follows the run");

    private static void AssertDoneOnce(FleetNode node)
    {
        Assert.Equal(1, node.Installations("media-types"));
        var lines = node.RunJournals().Split('\n');
        Assert.Equal((1, 1), (lines.Count(line => line == "step Packages"), lines.Count(line => line == "end good")));
    }
}
