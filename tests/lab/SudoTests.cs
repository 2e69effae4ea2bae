using System.Text.RegularExpressions;

namespace KubePrep.Lab.Tests;

/// <summary>Users who are not root: what they may become, and what is said if they may not.</summary>
public sealed class SudoTests(Lab lab)
{
    /// <summary>A step that a container carries out in a second.</summary>
    private static readonly string[] OneStep = ["--step", "Journal"];

    [Fact]
    public void Who_may_use_sudo_prepares_and_who_may_not_is_told_why()
    {
        using var nodes = lab.StartNodes(2);
        var node = nodes[0];
        using var controller = new Controller(nodes);
        string[] accounts = ["jane", "paul", "stranger", "terminal", "pseudo", "lectured", "narrow"];
        foreach (var account in accounts[2..])
        {
            Accounts.Add(node, account);
        }

        node.WriteFile(
            "/etc/sudoers.d/zz-lab",
            """
            Defaults:terminal requiretty
            Defaults:pseudo use_pty
            Defaults:lectured lecture=always, insults, pwfeedback
            terminal ALL=(ALL) NOPASSWD: ALL
            pseudo ALL=(ALL) NOPASSWD: ALL
            lectured ALL=(ALL) NOPASSWD: ALL
            narrow ALL=(ALL) NOPASSWD: /bin/true
            narrow ALL=(ALL) NOPASSWD: /usr/bin/true

            """);
        controller.SshConfig = Accounts.Aliases(node, accounts);
        string[] healthy = [$"root@{nodes[1].Address}"];

        // who may not become root looks as who he is
        var check = controller.Check([.. accounts, .. healthy], ["--json", .. OneStep]).Expect(1);
        Assert.All(accounts, account => check.ExpectChecked(account));

        var unable = controller.Prepare(["paul", "stranger", "terminal", "narrow", .. healthy], ["--json", .. OneStep]).Expect(1);
        unable.ExpectError("paul", "SudoPasswordRequired", "-SudoPassword (--ask-sudo-password)");
        unable.ExpectError("stranger", "SudoPasswordRequired");
        unable.ExpectError("terminal", "SudoNotAllowed", "you must have a tty");
        unable.ExpectError("narrow", "SudoPasswordRequired");
        Assert.Equal("Changed", unable.Row(nodes[1].Address).Status());

        foreach (var account in new[] { "jane", "pseudo", "lectured" })
        {
            node.Must("rm -f /etc/systemd/journald.conf.d/*kubeprep*");
            Assert.Equal("Changed", controller.Prepare([account], ["--json", .. OneStep]).Expect(0).Row(account).Status());
        }
    }

    [Fact]
    public void A_password_for_sudo_is_tried_once_and_not_where_none_is_asked_for()
    {
        using var nodes = lab.StartNodes(2);
        var node = nodes[0];
        using var controller = new Controller(nodes);
        using var right = new Passwords().Sudo(Lab.Password("paul"));
        using var wrong = new Passwords().Sudo("not-his-password");
        Accounts.Add(node, "stranger");
        Accounts.Add(node, "noisy", "head -c 200000 /dev/zero | tr '\\0' n >&2; echo >&2\n");
        Accounts.Add(node, "pseudo");
        Accounts.Add(node, "rooted");
        node.WriteFile(
            "/etc/sudoers.d/zz-lab",
            """
            Defaults:pseudo use_pty, lecture=always
            Defaults:rooted rootpw
            noisy, pseudo, rooted ALL=(ALL) ALL

            """);
        Accounts.SetPassword(node, Lab.Password("paul"), "stranger", "noisy", "pseudo", "rooted");
        controller.SshConfig = Accounts.Aliases(node, "jane", "paul", "stranger", "noisy", "pseudo", "rooted");
        string[] more = ["--key-file", Lab.KeyFile, .. OneStep];
        string[] healthy = [$"root@{nodes[1].Address}"];

        var failed = wrong.Run(controller, "prepare", ["paul", .. healthy], more).Expect(1);
        failed.ExpectError("paul", "SudoPasswordWrong");
        Assert.Equal("Changed", failed.Row(nodes[1].Address).Status());
        var log = Accounts.Log(node, "paul");
        Assert.Single(Regex.Matches(log, @"sudo:auth\): authentication failure"));
        Assert.Contains("1 incorrect password attempt", log, StringComparison.Ordinal);

        right.Run(controller, "prepare", ["stranger"], more).Expect(1).ExpectError("stranger", "SudoNotAllowed", "is not in the sudoers file");
        right.Run(controller, "prepare", ["rooted"], more).Expect(1).ExpectError("rooted", "SudoPasswordWrong");

        foreach (var account in new[] { "paul", "noisy", "pseudo", "jane" })
        {
            node.Must("rm -f /etc/systemd/journald.conf.d/*kubeprep*");
            var result = right.Run(controller, "prepare", [account], more);
            Assert.True(result.ExitCode == 0 && result.Row(account).Status() == "Changed", $"{account}: {result}");
        }
    }

    [Fact]
    public void Without_sudo_a_user_can_look_and_no_more()
    {
        using var nodes = lab.StartNodes(2);
        using var controller = new Controller(nodes);
        nodes[0].Must("mv /usr/bin/sudo /usr/bin/sudo.gone");
        string[] both = [$"jane@{nodes[0].Address}", $"jane@{nodes[1].Address}"];

        Assert.All(nodes, node => controller.Check(both, "--json").Expect(1).ExpectChecked(node.Address));
        var prepared = controller.Prepare(both, ["--json", .. OneStep]).Expect(1);
        prepared.ExpectError(nodes[0].Address, "SudoNotAllowed", "sudo: not found");
        Assert.Equal("Changed", prepared.Row(nodes[1].Address).Status());
    }
}
