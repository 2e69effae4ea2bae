namespace KubePrep.Lab.Tests;

/// <summary>Which ssh servers are trusted.</summary>
public sealed class HostKeyTests(Lab lab)
{
    [Fact]
    public void A_new_key_is_trusted_only_if_that_is_asked_for_and_a_changed_one_never()
    {
        using var nodes = lab.StartNodes(2);
        using var controller = new Controller(nodes[0]);
        var node = nodes[1];
        string[] both = [.. nodes.Select(each => $"root@{each.Address}")];
        controller.SshConfig = "Host *\n    StrictHostKeyChecking no\n";
        var before = File.ReadAllText(controller.KnownHosts);

        var strict = controller.Check(both, "--json").Expect(3);

        strict.ExpectChecked(nodes[0].Address);
        strict.ExpectError(node.Address, "HostKeyUnknown", HostKeys.Fingerprint(node));
        Assert.Equal(before, File.ReadAllText(controller.KnownHosts));

        for (var run = 0; run < 2; run++)
        {
            controller.Check(both, "--json", "--host-key-policy", "accept-new").Expect(1).ExpectChecked(node.Address);
        }

        Assert.Single(File.ReadLines(controller.KnownHosts), line => line.Contains(node.KnownHosts.Split(' ')[2], StringComparison.Ordinal));
        var learnt = File.ReadAllText(controller.KnownHosts);
        var old = HostKeys.Fingerprint(node);
        HostKeys.Renew(node);

        foreach (var policy in new[] { "accept-new", "strict" })
        {
            var changed = controller.Check(both, "--json", "--host-key-policy", policy).Expect(3);

            changed.ExpectChecked(nodes[0].Address);
            changed.ExpectError(node.Address, "HostKeyChanged", old, HostKeys.Fingerprint(node), $"{controller.KnownHosts}:");
            Assert.Equal(learnt, File.ReadAllText(controller.KnownHosts));
        }
    }
}
