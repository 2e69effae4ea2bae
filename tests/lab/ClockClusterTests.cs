namespace KubePrep.Lab.Tests;

/// <summary>A cluster that no NTP server answers keeps its own time.</summary>
[Collection(typeof(SharedClocks))]
public sealed class ClockClusterTests(Lab lab, ClockMachines machines)
{
    [Fact]
    public void Nodes_follow_the_control_plane_or_the_time_servers_of_an_inventory()
    {
        var site = machines.In(lab);
        var (first, second, worker) = (site.Machines[0], site.Machines[1], site.Machines[2]);
        (string, IEnumerable<Machine>)[] groups = [("kube_master", [first, second]), ("kube_node", [worker])];
        var inventory = site.Inventory(groups);
        ClockSite.Quiet(first, second);
        ClockSite.Bare(worker);
        site.SetOffsets((first, 150), (second, -200), (worker, -400));

        var set = site.Controller.Clock("sync-time", "--source", "cluster", "--inventory", inventory).Expect(0);

        Assert.All(set.Rows, row => Assert.Equal(("Changed", "Synchronized"), (row.Status(), row.Clock().Verdict())));
        AssertTogether(site, inventory);
        AssertServer(first, others: [second, worker], servers: [second]);
        AssertServer(second, others: [first, worker], servers: [first]);
        AssertClient(worker, servers: [first, second]);
        AssertCompliant(site, "--source", "cluster", "--inventory", inventory);

        // one server of the inventory's own choice takes the control plane's place, as a part of a preparation
        var chosen = site.Inventory([.. groups, ("chrony", [second])]);
        site.SetOffsets((first, -70), (worker, 130));
        var prepared = site.Controller.Clock("prepare", "--set-time-sync", "--step", "TimeSync", "--skip-hosts", "--inventory", chosen).Expect(0);

        Assert.All(prepared.Rows, row => Assert.Equal(("Changed", "TimeSync=Changed"), (row.Status(), row.Summary())));
        Assert.Equal(3, prepared.Rows.Count);
        AssertTogether(site, chosen);
        AssertServer(second, others: [first, worker], servers: []);
        AssertClient(first, servers: [second]);
        AssertClient(worker, servers: [second]);
    }

    /// <summary>Fails unless all clocks are kept, and are within half a second of each other and of this machine's, which is all there is.</summary>
    private static void AssertTogether(ClockSite site, string inventory)
    {
        var time = site.Controller.Clock("time", "--inventory", inventory).Expect(0);

        Assert.Equal(3, time.Rows.Count);
        Assert.All(time.Rows, row =>
        {
            Assert.Equal(("Synchronized", false), (row.Verdict(), row.GetProperty("isTraceable").GetBoolean()));
            Assert.InRange(row.Offset(), -0.5 - row.Bound(), 0.5 + row.Bound());
            Assert.All(time.Rows, other => row.ExpectNear(other, 0.5));
            Assert.Single(row.RunningDaemons());
        });
    }

    private static void AssertServer(Machine machine, IReadOnlyList<Machine> others, IReadOnlyList<Machine> servers)
    {
        var lines = Lines(machine);
        var allowed = Arguments(lines, "allow");
        Assert.Contains("local stratum 10 orphan", lines);
        Assert.Superset(Addresses(others), allowed);
        Assert.Empty(allowed.Except(others.Select(other => other.Address6)).Except(Addresses(others)));
        AssertServers(servers, lines);
    }

    private static void AssertClient(Machine machine, IReadOnlyList<Machine> servers)
    {
        var lines = Lines(machine);
        Assert.DoesNotContain(lines, line => line.StartsWith("local", StringComparison.Ordinal) || line.StartsWith("allow", StringComparison.Ordinal));
        AssertServers(servers, lines);
    }

    private static void AssertServers(IReadOnlyList<Machine> servers, IReadOnlyList<string> lines) =>
        Assert.Equal(Addresses(servers), Arguments(lines, "server"));

    private static void AssertCompliant(ClockSite site, params string[] arguments)
    {
        var traces = Traces(site);

        var again = site.Controller.Clock("sync-time", arguments).Expect(0);

        Assert.All(again.Rows, row => Assert.Equal(("Compliant", 0), (row.Status(), row.Changes().Count)));
        Assert.Equal(traces, Traces(site));
    }

    private static IReadOnlyList<string> Traces(ClockSite site) => [.. site.Machines.AsParallel().AsOrdered().Select(ClockSite.Traces)];

    private static HashSet<string> Addresses(IEnumerable<Machine> machines) => [.. machines.Select(machine => machine.Address)];

    private static string[] Lines(Machine machine) => machine.ReadFile(ClockSite.DropIn).Split('\n');

    /// <summary>The addresses that lines of a kind are about.</summary>
    private static HashSet<string> Arguments(IEnumerable<string> lines, string directive) =>
        [.. lines.Select(line => line.Split(' ')).Where(words => words[0] == directive).Select(words => words[1].Split('/')[0])];
}
