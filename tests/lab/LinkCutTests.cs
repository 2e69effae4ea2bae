using System.Diagnostics;
using System.Globalization;

namespace KubePrep.Lab.Tests;

/// <summary>A link that breaks at any moment of a run, and comes back, changes nothing of the result.</summary>
public sealed class LinkCutTests(Lab lab)
{
    private const string Profile =
        """
        packages: [media-types]
        journal:
          SystemMaxUse: 2G
        sysctl:
          net.ipv4.ip_forward: 1
        """;

    /// <summary>How many nodes are worked on at once; each has its client, and its link is cut at its own moment.</summary>
    private const int Together = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public void The_result_is_that_of_an_undisturbed_run()
    {
        var rounds = Environment.GetEnvironmentVariable("KUBEPREP_SOAK") == "1" ? 4 : 1;
        var seed = int.TryParse(Environment.GetEnvironmentVariable("KUBEPREP_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            Run(random, $"KUBEPREP_SEED={seed}, round {round}");
        }
    }

    private void Run(Random random, string name)
    {
        using var site = new Site(lab, Together + 1);
        var profile = site.Profile(Profile);
        var (undisturbed, nodes) = (site.Nodes[^1], site.Nodes.Take(Together).ToList());
        // the repository is behind the same link, and whether apt can reach it then is not the question
        foreach (var node in site.Nodes)
        {
            node.Must("apt-get update && apt-get install --yes --download-only media-types");
        }

        var before = Manifests(site);
        var clock = Stopwatch.StartNew();
        Prepare(site, undisturbed, profile).Expect(0);
        var length = clock.Elapsed;
        // ssh notices after 15 seconds that nothing comes any more: some links are back before, some after that
        var cuts = nodes
            .Select((_, index) => new Cut(length * random.NextDouble(), index % 2 == 0 ? random.Next(1, 6) : random.Next(17, 21)))
            .ToList();

        var results = nodes.Zip(cuts).ToList().AsParallel().AsOrdered().WithDegreeOfParallelism(Together)
            .Select(pair => Disturb(site, pair.First, profile, pair.Second)).ToList();
        var told = cuts.Zip(results).Select(pair => $"{pair.First}: exit code {pair.Second.ExitCode}\n{pair.Second.Error}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: a run takes {length}\n{string.Join('\n', told)}");

        var after = Manifests(site);
        Assert.All(nodes.Select((node, index) => index), index =>
        {
            var (node, story) = (nodes[index], $"{name}, {cuts[index]}:\n{results[index]}");
            if (results[index].ExitCode != 0)
            {
                // it was cut off before the node had the plan
                Assert.True(results[index].ExitCode == 3, story);
                var next = Prepare(site, node, profile);
                Assert.True(next.ExitCode == 0, $"{story}\n{next}");
                after[index] = node.TakeManifest();
            }

            Assert.Empty(before[index].DifferencesFrom(before[^1]));
            var different = after[index].DifferencesFrom(after[^1]).ToList();
            Assert.True(different.Count == 0, $"{story}\n{string.Join('\n', different)}");
            Assert.Equal((1, "1"), (node.Installations("media-types"), node.Sysctl("net.ipv4.ip_forward")));
        });
    }

    private static List<Manifest> Manifests(Site site) => [.. site.Nodes.AsParallel().AsOrdered().Select(node => node.TakeManifest())];

    private static ToolResult Prepare(Site site, FleetNode node, string profile) =>
        site.Controller.Prepare([Site.AddressOf(node)], "--profile", profile);

    private static ToolResult Disturb(Site site, FleetNode node, string profile, Cut cut)
    {
        using var client = site.Controller.StartPrepare([Site.AddressOf(node)], "--profile", profile);
        Thread.Sleep(cut.After);
        node.Cut();
        Thread.Sleep(TimeSpan.FromSeconds(cut.Seconds));
        node.Mend();
        return client.WaitForExit(Limit);
    }

    /// <summary>When a link is cut, and for how long.</summary>
    private sealed record Cut(TimeSpan After, int Seconds)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"cut after {After.TotalSeconds:0.00} s for {Seconds} s");
    }
}
