using System.Text.RegularExpressions;

namespace KubePrep.Lab.Tests;

/// <summary>Logins by password: who gets it, and how often.</summary>
public sealed class PasswordLoginTests(Lab lab)
{
    [Theory]
    [InlineData("PasswordAuthentication yes\nKbdInteractiveAuthentication no\n", "Failed password for mary")]
    [InlineData("PasswordAuthentication no\nKbdInteractiveAuthentication yes\n", @"sshd:auth\): authentication failure.*user=mary")]
    public void A_password_is_tried_once(string method, string failure)
    {
        using var nodes = lab.StartNode();
        var node = nodes[0];
        using var controller = new Controller(nodes);
        using var right = new Passwords().Login(Lab.Password("mary")).Sudo(Lab.Password("mary"));
        using var wrong = new Passwords().Login("not-her-password");
        string[] her = [$"mary@{node.Address}"];
        Configure(node, method);

        wrong.Run(controller, "check", her).Expect(3).ExpectError(node.Address, "PermissionDenied", "--ask-password");
        Assert.Single(Regex.Matches(Accounts.Log(node, "mary"), failure));

        Assert.Equal("Changed", right.Run(controller, "prepare", her, "--step", "Journal").Expect(0).Row(node.Address).Status());
        Assert.Single(Regex.Matches(Accounts.Log(node, "mary"), failure));
        Assert.Matches("Accepted (password|keyboard-interactive/pam) for mary", Accounts.Log(node, "mary"));
    }

    [Fact]
    public void A_password_goes_through_a_jump_host_and_not_to_it()
    {
        using var nodes = lab.StartNodes(3);
        var (jump, node, healthy) = (nodes[0], nodes[1], nodes[2]);
        using var controller = new Controller(nodes);
        using var passwords = new Passwords().Login(Lab.Password("mary"));
        Trap(jump);
        Accounts.SetPassword(jump, "another password", "mary");
        controller.SshConfig =
            $"""
            Host *
                UserKnownHostsFile {controller.KnownHosts}
            Host {jump.Address}
                IdentityFile {Lab.KeyFile}
            Host by-key
                HostName {node.Address}
                ProxyJump root@{jump.Address}
            Host by-password
                HostName {node.Address}
                ProxyJump mary@{jump.Address}
            Host direct
                HostName {jump.Address}
            """;

        var result = passwords.Run(controller, "check", ["mary@by-key", "mary@by-password", $"mary@{healthy.Address}"]).Expect(3);

        result.ExpectChecked("by-key");
        result.ExpectChecked(healthy.Address);
        result.ExpectError("by-password", "PermissionDenied", $"mary@{jump.Address}");
        Assert.DoesNotContain(Lab.Password("mary"), Trapped(jump), StringComparison.Ordinal);

        // the trap is one
        passwords.Run(controller, "check", ["mary@direct"]).Expect(3).ExpectError("direct", "PermissionDenied");
        Assert.Contains(Lab.Password("mary"), Trapped(jump), StringComparison.Ordinal);
    }

    private static void Configure(FleetNode node, string settings)
    {
        node.WriteFile("/etc/ssh/sshd_config.d/00-test.conf", settings);
        node.Must("systemctl restart ssh.service");
    }

    /// <summary>Has a node write down every password that its ssh server is given.</summary>
    private static void Trap(FleetNode node)
    {
        node.WriteFile("/usr/local/bin/trap", "#!/bin/sh\n{ tr '\\0' '\\n'; echo; } >>/root/trapped\n");
        node.Must("touch /root/trapped && chmod 755 /usr/local/bin/trap"
            + " && sed -i '1i auth optional pam_exec.so expose_authtok /usr/local/bin/trap' /etc/pam.d/sshd");
    }

    private static string Trapped(FleetNode node) => node.ReadFile("/root/trapped");
}
