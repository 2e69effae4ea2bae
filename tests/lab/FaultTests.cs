using System.Diagnostics;

namespace KubePrep.Lab.Tests;

/// <summary>The faults are what a user would meet.</summary>
public sealed class FaultTests(Lab lab)
{
    [Fact]
    public void A_cut_link_times_out_and_what_ran_over_it_goes_on_when_it_is_mended()
    {
        using var nodes = lab.StartNode();
        var node = nodes[0];
        using var session = node.Start("echo begun; while [ ! -e /srv/go ]; do sleep 0.1; done; echo ended");
        Wait.Until(() => session.Printed.Contains("begun", StringComparison.Ordinal), "the session has begun");

        node.Cut();
        Assert.Contains("Connection timed out", Connect(node), StringComparison.Ordinal);
        Assert.False(session.HasExited);
        File.WriteAllText(Path.Join(node.Root, "srv/go"), "");
        node.Mend();

        Assert.Contains("ended", session.WaitForExit(TimeSpan.FromMinutes(1)).Expect(0).Output, StringComparison.Ordinal);
        node.Must("true");
    }

    [Fact]
    public void A_frozen_node_takes_connections_and_says_nothing_until_it_thaws()
    {
        using var nodes = lab.StartNode();
        nodes[0].Freeze();

        Assert.Contains("during banner exchange", Connect(nodes[0]), StringComparison.Ordinal);

        nodes[0].Thaw();
        nodes[0].Must("true");
    }

    [Fact]
    public void A_stopped_node_cannot_be_reached_and_starts_again_with_what_it_had()
    {
        using var nodes = lab.StartNode();
        var node = nodes[0];
        node.WriteFile("/etc/kept", "text\n");
        var boot = node.ReadFile("/etc/machine-id");

        node.Stop();

        Assert.Contains("No route to host", Connect(node), StringComparison.Ordinal);
        node.Start();
        Assert.Equal("text\n", node.ReadFile("/etc/kept"));
        Assert.Equal(boot, node.ReadFile("/etc/machine-id"));
    }

    [Fact]
    public void A_node_is_reached_through_another()
    {
        using var nodes = lab.StartNodes(2);
        using var controller = new Controller(nodes);
        controller.SshConfig =
            $"""
            Host *
                IdentityFile {Lab.KeyFile}
                UserKnownHostsFile {controller.KnownHosts}
            Host {nodes[1].Address}
                ProxyJump root@{nodes[0].Address}
            """;

        var came = controller.Run("ssh", $"jane@{nodes[1].Address}", "echo $SSH_CONNECTION").Expect(0).Output;

        Assert.StartsWith($"{nodes[0].Address} ", came, StringComparison.Ordinal);
    }

    /// <summary>What an ssh says that cannot connect.</summary>
    private static string Connect(FleetNode node)
    {
        using var controller = new Controller(node);
        var started = Stopwatch.GetTimestamp();
        var result = controller.Run(
            "ssh", "-i", Lab.KeyFile, "-o", $"UserKnownHostsFile={controller.KnownHosts}", "-o", "ConnectTimeout=5",
            $"root@{node.Address}", "true");
        Assert.Equal(255, result.ExitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
        return result.Error;
    }
}
