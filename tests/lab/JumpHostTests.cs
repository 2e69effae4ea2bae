namespace KubePrep.Lab.Tests;

/// <summary>Nodes that can only be reached through another machine.</summary>
public sealed class JumpHostTests(Lab lab)
{
    private const int Behind = 40;
    private const int AtOnce = 8;

    [Fact]
    public void Forty_nodes_behind_one_jump_host_are_reached_in_one_run()
    {
        using var nodes = lab.StartNodes(Behind + 1);
        using var controller = new Controller(nodes);
        var (jump, behind) = (nodes[0], nodes.Skip(1).ToList());
        Configure(jump);
        controller.SshConfig = Through(controller, jump, "10.77.*");
        var (down, refused, frozen, cut) = (behind[5], behind[13], behind[21], behind[34]);
        down.Stop();
        refused.Must("systemctl stop ssh.service");
        frozen.Freeze();
        cut.Cut();

        var result = controller.Check(
            behind.Select(node => $"root@{node.Address}"), "--json", "--throttle-limit", "40", "--connection-timeout", "10").Expect(3);

        Assert.Equal(Behind, result.Rows.Count);
        result.ExpectError(down.Address, "NodeUnreachable", "No route to host");
        result.ExpectError(refused.Address, "ConnectionRefused");
        result.ExpectError(frozen.Address, "ConnectionTimeout");
        result.ExpectError(cut.Address, "NodeUnreachable"); // the jump host finds out
        Assert.All(behind.Except([down, refused, frozen, cut]), node => result.ExpectChecked(node.Address));
        var log = jump.Must("journalctl --sync && journalctl --boot --no-pager --output=cat --unit=ssh.service");
        Assert.DoesNotContain("MaxStartups", log, StringComparison.Ordinal);
        Assert.InRange(MostAtOnce(log), 2, AtOnce);
    }

    [Fact]
    public void What_is_wrong_with_the_jump_host_is_said_of_the_jump_host()
    {
        using var nodes = lab.StartNodes(4);
        using var controller = new Controller(nodes);
        var (jump, node, refused, healthy) = (nodes[0], nodes[1], nodes[2], nodes[3]);
        var entrance = $"root@{jump.Address}";
        controller.SshConfig =
            $"""
            Host {healthy.Address}
                ProxyJump none
            Host unknown-jump
                HostName {node.Address}
                ProxyJump {entrance}
            Host talking-jump
                HostName {node.Address}
                ProxyCommand ssh -v -W %h:%p {entrance}
            Host no-jump
                HostName {node.Address}
                ProxyJump root@no-such-node.invalid
            Host refused-jump
                HostName {node.Address}
                ProxyJump root@{refused.Address}
            Host loud-jump
                HostName {node.Address}
                ProxyJump {entrance}
            Match originalhost loud-jump
                LogLevel DEBUG3
            """;
        refused.Must("systemctl stop ssh.service");
        string[] all = ["root@unknown-jump", "root@talking-jump", "root@no-jump", "root@refused-jump", $"root@{healthy.Address}"];

        // the home of this user knows no host
        var result = controller.Check(all, "--json").Expect(3);

        result.ExpectChecked(healthy.Address);
        foreach (var alias in new[] { "unknown-jump", "talking-jump" })
        {
            result.ExpectError(alias, "HostKeyUnknown", jump.Address, $"on the way to 'root@{alias}'");
            Assert.DoesNotContain(HostKeys.Fingerprint(node), result.Row(alias).ErrorText(), StringComparison.Ordinal);
        }

        result.ExpectError("no-jump", "NodeUnreachable", "no-such-node.invalid");
        result.ExpectError("refused-jump", "NodeUnreachable", $"connect to host {refused.Address} port 22: Connection refused");

        // now it knows the jump host, and not the node
        File.WriteAllText(Path.Join(controller.Home, ".ssh", "known_hosts"), $"{jump.KnownHosts}\n");
        File.WriteAllText(controller.KnownHosts, "");
        var unknown = controller.Check([.. all[..2], "root@loud-jump"], "--json", "--option", $"IdentityFile={Lab.KeyFile}").Expect(3);
        Assert.All(unknown.Rows, row => Assert.Equal("PermissionDenied", row.ErrorId()));
        File.Copy(Lab.KeyFile, Path.Join(controller.Home, ".ssh", "id_ed25519"));
        unknown = controller.Check([.. all[..2], "root@loud-jump"], "--json").Expect(3);
        Assert.All(
            ["unknown-jump", "talking-jump", "loud-jump"],
            alias => unknown.ExpectError(alias, "HostKeyUnknown", $"The host key of 'root@{alias}'", HostKeys.Fingerprint(node)));
    }

    private static string Through(Controller controller, FleetNode jump, string pattern) =>
        $"""
        Host {jump.Address}
            ProxyJump none
        Host {pattern}
            ProxyJump root@{jump.Address}
        Host *
            IdentityFile {Lab.KeyFile}
            UserKnownHostsFile {controller.KnownHosts}
        """;

    /// <summary>Has a jump host write down each connection and login; how many it takes at once is what Debian's sshd allows.</summary>
    private static void Configure(FleetNode jump)
    {
        jump.WriteFile("/etc/ssh/sshd_config.d/00-test.conf", "LogLevel VERBOSE\n");
        jump.Must("systemctl restart ssh.service");
    }

    /// <summary>How many connections there were at most that had come and were not logged in.</summary>
    private static int MostAtOnce(string log)
    {
        var (now, most) = (0, 0);
        foreach (var line in log.Split('\n'))
        {
            now += line.StartsWith("Connection from ", StringComparison.Ordinal) ? 1 : line.StartsWith("Accepted publickey ", StringComparison.Ordinal) ? -1 : 0;
            most = Math.Max(most, now);
        }

        return most;
    }
}
