namespace KubePrep.Lab.Tests;

/// <summary>Both passwords, looked for wherever a run could leave them. The nodes' processes are this machine's, so one search sees all.</summary>
public sealed class SecretsTests(Lab lab)
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void No_password_is_seen_anywhere(bool isRight, int exitCode)
    {
        using var nodes = lab.StartNodes(2);
        var (jump, node) = (nodes[0], nodes[1]);
        using var controller = new Controller(nodes);
        using var temporary = new TemporaryDirectory();
        var login = Lab.Password("mary");
        var sudo = isRight ? login : $"wrong {Lab.Password("paul")}";
        using var passwords = new Passwords { TemporaryDirectory = temporary.Path }.Login(login).Sudo(sudo);
        controller.SshConfig =
            $"""
            Host {jump.Address}
                IdentityFile {Lab.KeyFile}
                UserKnownHostsFile {controller.KnownHosts}
            Host {node.Address}
                ProxyJump root@{jump.Address}
            """;
        string[] needles = [Needle(Lab.Password("mary")), Needle(Lab.Password("paul"))];
        using var search = new ProcessSearch(needles, temporary.Path);

        using var running = passwords.Start(
            controller, "prepare", [$"mary@{node.Address}"], "--step", "Journal", "--step", "Sysctl");
        var result = running.WaitForExit(TimeSpan.FromMinutes(2)).Expect(exitCode);

        Assert.Empty(search.End());
        Assert.Contains("sudo", search.Programs); // the search was quick enough to see what is asked
        Assert.DoesNotContain(needles, needle => result.Everything.Contains(needle, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
        foreach (var each in nodes)
        {
            Assert.Equal("", FilesWith(each, needles));
        }
    }

    /// <summary>The plain characters that a password begins with.</summary>
    private static string Needle(string password) => password[..24];

    /// <summary>The files of a node that hold one of the words, and its journal if that does.</summary>
    private static string FilesWith(FleetNode node, string[] needles)
    {
        node.WriteFile("/dev/shm/needles", string.Join('\n', needles));
        return node.Must(
            "grep -rlaF -D skip -f /dev/shm/needles /run /var /tmp /etc /root /home 2>/dev/null; "
            + "journalctl --sync; journalctl --boot --all --output=export | grep -qaF -f /dev/shm/needles && echo journal; :");
    }
}
