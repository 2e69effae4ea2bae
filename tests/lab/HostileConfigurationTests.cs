namespace KubePrep.Lab.Tests;

/// <summary>Settings of a user's <c>~/.ssh/config</c> that are good for sessions at a terminal, and not for KubePrep.</summary>
public sealed class HostileConfigurationTests(Lab lab, SharedNode shared) : IClassFixture<SharedNode>
{
    public static TheoryData<string> Settings =>
    [
        "RemoteCommand echo hello",
        "RequestTTY force",
        "PermitLocalCommand yes\nLocalCommand touch ~/ran; cat; exit 1",
        "ControlMaster auto\nControlPath ~/.ssh/%C\nControlPersist 60",
        "ForkAfterAuthentication yes",
        "StdinNull yes",
        "SessionType none",
        "SessionType subsystem",
        "LocalForward 127.0.0.1:22001 127.0.0.1:22\nDynamicForward 22002\nRemoteForward 22 localhost:22\nExitOnForwardFailure yes\nTunnel yes",
        "SendEnv *\nSetEnv LC_ALL=de_DE.UTF-8 LANG=xx",
        "LogLevel QUIET",
        "LogLevel DEBUG3\nLogVerbose *:*:*",
        "VisualHostKey yes\nFingerprintHash md5",
        "BatchMode no\nNumberOfPasswordPrompts 3\nKbdInteractiveAuthentication yes\nPreferredAuthentications keyboard-interactive,password,publickey",
        "ConnectionAttempts 10",
        "ForwardAgent yes\nForwardX11 yes\nForwardX11Trusted yes",
        "Compression yes\nRekeyLimit 64K 1",
        "HashKnownHosts yes\nUpdateHostKeys yes\nCheckHostIP yes",
        "AddKeysToAgent ask\nIdentitiesOnly yes\nIdentityAgent /nowhere",
        "EscapeChar x",
        "ServerAliveInterval 1\nServerAliveCountMax 1\nTCPKeepAlive no",
        "StrictHostKeyChecking ask",
        "CanonicalizeHostname yes\nCanonicalDomains example.invalid",
    ];

    /// <summary>Settings that no login comes through, and what is said about them.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { "NoSuchSetting yes", "ConnectionFailed", "Bad configuration option: nosuchsetting" },
        { "ProxyCommand echo not ssh", "ConnectionFailed", "" },
        { "ProxyCommand exit 1", "ConnectionFailed", "" },
        { "HostKeyAlias other", "HostKeyUnknown", "SHA256:" },
        { "PubkeyAuthentication no", "PermissionDenied", "Permission denied" },
        { "IdentityFile ~/none\nCiphers none", "ConnectionFailed", "" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void They_decide_nothing(string settings)
    {
        var node = shared.In(lab);
        using var controller = new Controller(node);
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 22001);
        taken.Start();
        controller.SshConfig = $"Host {node.Address}\n{settings}\n";

        controller.Check([$"root@{node.Address}"], "--json").Expect(1).ExpectChecked(node.Address);

        Assert.False(File.Exists(Path.Join(controller.Home, "ran")));
        Assert.Equal(["config"], Directory.EnumerateFileSystemEntries(Path.Join(controller.Home, ".ssh")).Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void One_that_lets_nobody_through_is_told_as_that(string settings, string id, string words)
    {
        var node = shared.In(lab);
        using var controller = new Controller(node);
        controller.SshConfig = $"Match originalhost faulty\nHostName {node.Address}\n{settings}\n";

        controller.Check(["root@faulty", $"root@{node.Address}"], "--json", "--connection-timeout", "5").Expect(3).ExpectError("faulty", id, words);
    }

    [Fact]
    public void What_a_user_means_to_set_counts()
    {
        var node = shared.In(lab);
        using var controller = new Controller(node);
        controller.SshConfig =
            $"""
            Host alias
                HostName {node.Address6}
                User jane
            """;
        node.WriteFile("/etc/ssh/sshd_config.d/00-test.conf", "Port 22\nPort 2222\n");
        node.Must("systemctl restart ssh.service");
        File.AppendAllText(controller.KnownHosts, string.Concat(new[] { node.Address, node.Address6 }.Select(
            address => $"[{address}]:2222 {node.KnownHosts.Split(' ', 2)[1]}\n")));
        string[] ways = [$"root@[{node.Address6}]", $"root@{node.Address}:2222", $"jane@[{node.Address6}]:2222", "alias", node.Address6];

        foreach (var way in ways)
        {
            var result = controller.Check([way], "--json", "--step", "Journal");
            Assert.True(result.ExitCode == 1 && result.Rows is [var row] && row.ErrorId() is null, $"{way}: {result}");
        }

        var option = controller.Check(["somewhere"], "--json", "--step", "Journal", "--user", "root", "--option", $"HostName={node.Address}").Expect(1);
        option.ExpectChecked("somewhere");
    }
}
