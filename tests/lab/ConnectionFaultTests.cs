namespace KubePrep.Lab.Tests;

/// <summary>One run over a healthy node and nodes that cannot be worked on, each for another reason.</summary>
public sealed class ConnectionFaultTests(Lab lab)
{
    private const string OtherRelease = "ID=fedora\nVERSION_ID=42\nPRETTY_NAME=\"Fedora Linux 42\"\n";

    [Fact]
    public void Each_fault_is_reported_as_what_it_is_and_the_others_finish()
    {
        using var nodes = lab.StartNodes(8);
        var (healthy, down, refused, frozen, cut, unknown, changed) = (nodes[0], nodes[1], nodes[2], nodes[3], nodes[4], nodes[5], nodes[6]);
        var other = nodes[7];
        using var controller = new Controller(nodes.Except([unknown, changed]));
        // the key that is known of one node is that of another
        File.AppendAllText(controller.KnownHosts, $"{changed.Address} {unknown.KnownHosts.Split(' ', 2)[1]}\n");
        var line = File.ReadAllLines(controller.KnownHosts).Length;
        controller.SshConfig =
            $"""
            Host stranger
                HostName {healthy.Address}
                User stranger
            Host nowhere
                HostName no-such-node.invalid
            """;
        down.Stop();
        refused.Must("systemctl stop ssh.service");
        frozen.Freeze();
        cut.Cut();
        other.WriteFile("/etc/os-release", OtherRelease);

        var result = controller.Check(
            [.. nodes.Select(node => $"root@{node.Address}"), "stranger", "nowhere"], "--json", "--connection-timeout", "5").Expect(3);

        Assert.Equal(10, result.Rows.Count);
        result.ExpectChecked(healthy.Address);
        result.ExpectError(down.Address, "NodeUnreachable", "No route to host");
        result.ExpectError(refused.Address, "ConnectionRefused");
        result.ExpectError(frozen.Address, "ConnectionTimeout", "within 5 s");
        result.ExpectError(cut.Address, "ConnectionTimeout");
        result.ExpectError(unknown.Address, "HostKeyUnknown", HostKeys.Fingerprint(unknown));
        result.ExpectError(
            changed.Address, "HostKeyChanged", HostKeys.Fingerprint(changed), HostKeys.Fingerprint(unknown), $"{controller.KnownHosts}:{line}");
        result.ExpectError(other.Address, "UnsupportedSystem", "Fedora Linux 42");
        result.ExpectError("stranger", "PermissionDenied", "publickey");
        result.ExpectError("nowhere", "HostNameNotFound");
        Assert.All(result.Rows, row => Assert.Equal(ExpectedStatus(row.ErrorId()), row.Status()));
    }

    [Fact]
    public void A_node_that_cannot_be_prepared_fails_the_run_and_one_that_cannot_be_reached_fails_it_more()
    {
        using var nodes = lab.StartNodes(2);
        using var controller = new Controller(nodes[0]);
        nodes[0].WriteFile("/etc/os-release", OtherRelease);

        controller.Prepare([$"root@{nodes[0].Address}"], "--json").Expect(1).ExpectError(nodes[0].Address, "UnsupportedSystem");

        var both = controller.Prepare(nodes.Select(node => $"root@{node.Address}"), "--json").Expect(3);
        both.ExpectError(nodes[0].Address, "UnsupportedSystem");
        both.ExpectError(nodes[1].Address, "HostKeyUnknown");
    }

    private static string ExpectedStatus(string? error) => error switch
    {
        null => "Drifted",
        "UnsupportedSystem" => "Failed",
        _ => "Unreachable",
    };
}
