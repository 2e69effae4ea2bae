namespace KubePrep.Lab.Tests;

/// <summary>The fleet is what its users take it for.</summary>
public sealed class NodeTests(Lab lab)
{
    [Fact]
    public void A_node_is_a_container_with_its_own_systemd_name_machine_id_and_host_key()
    {
        using var nodes = lab.StartNodes(2);

        Assert.All(nodes, node => Assert.Equal("container-other\n", node.Run("systemd-detect-virt --container").Output));
        Assert.All(nodes, node => Assert.Equal("running\n", node.Run("systemctl is-system-running").Output));
        Assert.All(nodes, node => Assert.Equal($"{node.Name}\n", node.Must("hostname")));
        Assert.NotEqual(nodes[0].ReadFile("/etc/machine-id"), nodes[1].ReadFile("/etc/machine-id"));
        Assert.NotEqual(nodes[0].KnownHosts.Split(' ')[2], nodes[1].KnownHosts.Split(' ')[2]);
    }

    [Fact]
    public void A_bare_node_installs_a_package_from_the_repository_and_loses_it_when_reset()
    {
        using var nodes = lab.StartNode();
        var node = nodes[0];
        Assert.NotEqual(0, node.Run("command -v conntrack").ExitCode);

        node.Must("apt-get update && apt-get install --yes conntrack");

        Assert.Contains("conntrack v", node.Must("conntrack --version"), StringComparison.Ordinal);
        nodes.Reset();
        Assert.NotEqual(0, node.Run("command -v conntrack").ExitCode);
    }

    [Fact]
    public void What_belongs_to_the_host_is_out_of_a_nodes_reach()
    {
        using var nodes = lab.StartNode();
        var node = nodes[0];

        Assert.NotEqual(0, node.Run("sysctl --write vm.panic_on_oom=0").ExitCode);
        Assert.NotEqual(0, node.Run("date --set=@0").ExitCode);
        node.Must("sysctl --write net.ipv4.ip_forward=1");
        node.ShowSwap("/dev/kpswap partition 1048572 0 -2\n");
        Assert.Equal("/dev/kpswap", node.Must("swapon --show=NAME --noheadings").Trim());
    }

    [Fact]
    public void Jane_becomes_root_freely_and_paul_by_his_password_alone()
    {
        using var nodes = lab.StartNode();
        var node = nodes[0];

        Assert.Equal("root\n", node.Must("sudo -n id --user --name", "jane"));
        Assert.NotEqual(0, node.Run("sudo -n true", "paul").ExitCode);
        node.WriteFile("/run/password", $"{Lab.Password("paul")}\n");
        node.Must("chmod 644 /run/password");
        Assert.Equal("root\n", node.Must("sudo -S -p '' id --user --name </run/password", "paul"));
    }

    [Fact]
    public void Mary_logs_in_by_her_password()
    {
        using var nodes = lab.StartNode();
        using var controller = new Controller(nodes);
        var askpass = Path.Join(controller.Home, "askpass");
        File.WriteAllText(askpass, "#!/bin/sh\nsed -n 's/^mary://p' \"$PASSWORDS\"\n");
        File.SetUnixFileMode(askpass, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var login = controller.Run(
            "env", $"PASSWORDS={Lab.Directory}/passwords", $"SSH_ASKPASS={askpass}", "SSH_ASKPASS_REQUIRE=force",
            "ssh", "-o", $"UserKnownHostsFile={controller.KnownHosts}", $"mary@{nodes[0].Address}", "id --user --name");

        Assert.Equal("mary\n", login.Expect(0).Output);
    }

    [Fact]
    public void A_node_writes_no_more_than_its_disk_holds()
    {
        using var nodes = lab.StartNode();
        nodes[0].LimitDisk("16M");

        var filled = nodes[0].Run("head --bytes=32M /dev/zero > /srv/zeros");

        Assert.Contains("No space left on device", filled.Error, StringComparison.Ordinal);
    }
}
