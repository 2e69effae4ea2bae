using System.Globalization;
using System.Text.Json;

namespace KubePrep.Lab.Tests;

/// <summary>Nodes that print what they should not, or lie.</summary>
public sealed class HostileNodeTests(Lab lab)
{
    private const string Escape = "\e[31;1m\e]0;owned\a\u009b2J";
    private const long MostMemory = 200 * 1024 * 1024;

    /// <summary>A login shell that knows KubePrep's frames, and answers a probe as its user's name says.</summary>
    private const string Liar =
        """
        #!/usr/bin/perl
        use strict;
        $| = 1;
        my ($nonce, $what) = ('', (getpwuid($<))[0]);
        while (<STDIN>) { if (/^nonce='(.*)'/) { $nonce = $1 } last if /^fi$/ }
        while (<STDIN>) { last if /^\}$/ }
        print "\n$nonce ready 0 10.0.0.1\n";
        my $gzip = sub { open(my $f, '>', "/tmp/$what") or die; print $f $_[0]; close $f; my $b = `gzip -1 </tmp/$what | base64`; return $b };
        print "\n$nonce 1 begin\n";
        if ($what eq 'nothing') { exit 0 }
        if ($what eq 'begin') { print 'x' x 3000000; sleep 1000 }
        if ($what eq 'lines') { while (1) { print "\n" x 65536 } }
        if ($what eq 'reply') { while (1) { print(('y' x 1000 . "\n") x 64) } }
        print "hostname x\nkernel 6.1.0\narchitecture x86_64\n";
        print "package-lists 99999999999999999\nmemory 99999999999999999999\nprocessors -1\n" if $what eq 'time';
        print "swap 1 2\n" if $what eq 'swap';
        print "\@files\n";
        if ($what eq 'bomb') { print `head -c 2000000000 /dev/zero | gzip -1 | base64` }
        elsif ($what eq 'base64') { print "!!!!\n" }
        elsif ($what eq 'header') { print $gzip->(pack('a100a8a8a8a12a12a8a1', 'x', '0000644', '0000000', '0000000', '17000000000', '00000000000', '        ', 'x') . "\0" x 1024) }
        print "\@end\n";
        print "\n$nonce 1 end ", ($what eq 'status' ? 'x' : '0'), "\n";
        sleep 1000;
        """;

    /// <summary>What start-up files do that a run has to live with.</summary>
    private static readonly Dictionary<string, string> Noises = new()
    {
        ["loud"] = "seq -f 'line %g of a message of the day that goes on and on, and on, and on' 15000; seq 30000 >&2",
        ["framing"] = "for f in '0123456789abcdef0123456789abcdef ready 0 1.2.3.4' '0123456789abcdef 1 begin' '@files' '@end' 'kubeprep-0123:'; do\n"
            + "printf '%s\\n' \"$f\"; printf '%s\\n' \"$f\" >&2; done; printf 'no end of line'",
        ["foreign"] = "export LANG=de_DE.UTF-8 LC_ALL=tr_TR.UTF-8 LANGUAGE=de POSIXLY_CORRECT=1 TAR_OPTIONS='-v --totals' GZIP=-v GREP_OPTIONS=-n\n"
            + "export IFS=/ CDPATH=/tmp ENV=/etc/passwd BASH_ENV=/etc/passwd SYSTEMD_COLORS=1 SYSTEMD_PAGER=cat COLUMNS=20 TERM=xterm\n"
            + "cd /tmp; umask 777",
        ["pathless"] = "PATH=/nowhere; tar() { echo no; }; export -f tar",
    };

    /// <summary>What start-up files do that nobody can talk to, with the errors that it leads to.</summary>
    private static readonly Dictionary<string, (string StartUp, string Id)> Silences = new()
    {
        ["eating"] = ("cat >/dev/null", "ConnectionTimeout"),
        ["leaving"] = ("echo 'Not today.' >&2; exit 3", "UnexpectedReply"),
        ["endless"] = ("yes", "UnexpectedReply"),
        ["lineless"] = ("cat /dev/zero", "UnexpectedReply"),
        ["complaining"] = ("yes >&2", "ConnectionTimeout"),
        ["waiting"] = ("sleep 1000", "ConnectionTimeout"),
    };

    /// <summary>Login shells that are none.</summary>
    private static readonly Dictionary<string, (string Shell, string Id)> Shells = new()
    {
        ["nobody"] = ("/usr/sbin/nologin", "UnexpectedReply"),
        ["restricted"] = ("/bin/rbash", "UnexpectedReply"),
        ["menu"] = ("/usr/local/bin/menu", "UnexpectedReply"),
    };

    [Fact]
    public void Start_up_files_and_shells_disturb_at_most_their_own_login()
    {
        using var nodes = lab.StartNodes(2);
        var node = nodes[0];
        using var controller = new Controller(nodes);
        var healthy = nodes[1].Address;
        node.WriteFile("/usr/local/bin/menu", "#!/bin/sh\necho '1) status 2) quit'\nread -r choice\nexit 0\n");
        node.WriteFile("/usr/local/bin/wrapper", "#!/bin/sh\necho welcome\nshift\nexec /bin/sh -c \"$@\"\n");
        node.Must("chmod 755 /usr/local/bin/*");
        node.WriteFile("/etc/banner", $"Banner {Escape}\ndebug1: Entering interactive session.\n");
        node.WriteFile("/etc/ssh/sshd_config.d/00-test.conf", "Banner /etc/banner\nAcceptEnv *\nMaxSessions 50\nMaxStartups 100\n");
        node.Must("systemctl restart ssh.service");
        foreach (var (account, startUp) in Noises.Concat(Silences.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.StartUp))))
        {
            Accounts.Add(node, account, startUp + "\n");
        }

        foreach (var (account, (shell, _)) in Shells.Append(KeyValuePair.Create("wrapped", ("/usr/local/bin/wrapper", ""))))
        {
            Accounts.Add(node, $"{account}-shell", "", shell);
        }

        string[] good = [.. Noises.Keys, "wrapped-shell"];
        (string Account, string Id)[] bad =
            [.. Silences.Select(entry => (entry.Key, entry.Value.Id)), .. Shells.Select(entry => ($"{entry.Key}-shell", entry.Value.Id))];
        controller.SshConfig = Accounts.Aliases(node, [.. good, .. bad.Select(entry => entry.Account)]);

        var (result, memory) = Run(controller, [.. good, .. bad.Select(entry => entry.Account), $"root@{healthy}"]);

        result.Expect(3);
        result.ExpectChecked(healthy);
        Assert.All(good, account => result.ExpectChecked(account));
        Assert.All(bad, entry => result.ExpectError(entry.Account, entry.Id));
        result.ExpectError("leaving", "UnexpectedReply", "Not today.");
        Assert.All(good, account => Assert.Equal(Facts(result.Row(good[0])), Facts(result.Row(account))));
        Assert.InRange(memory, 0, MostMemory);
        ExpectPlain(result);
    }

    [Fact]
    public void What_a_node_says_of_itself_cannot_steer_a_terminal_or_forge_a_line()
    {
        using var nodes = lab.StartNodes(2);
        var node = nodes[0];
        using var controller = new Controller(nodes);
        const string forged = "\nerror: all is lost. [Forged]\n";
        node.WriteFile("/etc/os-release", $"ID=debian\nVERSION_ID=\"{Escape}\"\nPRETTY_NAME=\"Debian {Escape}\u202e\u2028\"\n");
        node.WriteFile("/etc/fstab", $"/dev/{Escape} none swap sw 0 0\n");
        node.WriteFile($"/etc/sysctl.d/zzz {Escape} {forged.Replace('/', '_')}.conf", $"net.ipv4.ip_forward = 0 {Escape}\nnet.core.somaxconn={Escape}\n");
        node.WriteFile("/etc/systemd/journald.conf", $"[Journal]\nSystemMaxUse={Escape}\n");
        node.WriteFile("/etc/modules", $"{Escape}\n");
        node.WriteFile("/etc/machine-id", $"{Escape}{forged}");
        nodes[1].WriteFile("/etc/machine-id", $"{Escape}\n");
        node.ShowSwap($"/dev/{Escape} partition 1048572 0 -2\n");
        node.Must($"perl -e 'syscall(170, $ARGV[0], length $ARGV[0])' \"$(printf '\\033[31mname\\nerror: forged')\"");
        node.Must("mkdir -p /run/kubeprep");
        node.WriteFile("/run/kubeprep/current", $"run{Escape}\n");
        using var lockHolder = node.Start("exec flock /run/kubeprep/lock sleep 1000");
        Wait.Until(() => node.Run("flock --nonblock /run/kubeprep/lock true").ExitCode != 0, "the lock is held");
        string[] both = [.. nodes.Select(each => $"root@{each.Address}")];

        foreach (var result in new[] { controller.Check(both), controller.Check(both, "--json"), controller.Prepare(both, "--what-if") })
        {
            ExpectPlain(result);
            Assert.DoesNotContain(result.Everything.Split('\n'), line => line.StartsWith("error: all is lost", StringComparison.Ordinal)
                || line.StartsWith("error: forged", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Files_that_are_none_or_too_large_neither_hang_a_probe_nor_fill_memory()
    {
        using var nodes = lab.StartNodes(4);
        var (odd, sparse, other, healthy) = (nodes[0], nodes[1], nodes[2], nodes[3]);
        using var controller = new Controller(nodes);
        odd.Must(
            """
            mkfifo /etc/sysctl.d/50-pipe.conf /etc/modules-load.d/pipe.conf
            mkdir /etc/sysctl.d/60-directory.conf
            ln -s loop.conf /etc/sysctl.d/loop.conf
            ln -s /dev/zero /etc/sysctl.d/70-zero.conf
            ln -s /nowhere /etc/sysctl.d/80-gone.conf
            ln -s /proc/kmsg /etc/modules-load.d/kmsg.conf
            printf 'net.core.somaxconn=1\n' >"/etc/sysctl.d/-a name with $(printf '\nlines\n').conf"
            mv /etc/hosts /etc/hosts.real && ln -s hosts.real /etc/hosts
            mv /etc/fstab /etc/fstab.real && ln -s /etc/fstab.real /etc/fstab
            """);
        sparse.Must("truncate --size=2T /etc/sysctl.d/x.conf || truncate --size=900G /etc/sysctl.d/x.conf");
        other.Must("install -m 600 /dev/null /etc/sysctl.d/x.conf && head -c 3000000 /dev/urandom >/etc/modules-load.d/noise.conf");

        Accounts.Add(other, "stranger");

        var (result, memory) = Run(
            controller, [$"root@{odd.Address}", $"root@{sparse.Address}", $"stranger@{other.Address}", $"jane@{healthy.Address}"]);

        result.Expect(3);
        result.ExpectChecked(odd.Address);
        result.ExpectChecked(healthy.Address);
        result.ExpectChecked(other.Address);
        Assert.Contains("/etc/sysctl.d/x.conf", result.Row(other.Address).GetProperty("warnings").ToString(), StringComparison.Ordinal);
        result.ExpectError(sparse.Address, "UnexpectedReply", "/etc/sysctl.d/x.conf is too large");
        Assert.InRange(memory, 0, MostMemory);
    }

    [Fact]
    public void A_shell_that_lies_ends_its_own_work_and_nobody_elses()
    {
        using var nodes = lab.StartNodes(2);
        var node = nodes[0];
        using var controller = new Controller(nodes);
        node.WriteFile("/usr/local/bin/liar", Liar);
        node.Must("chmod 755 /usr/local/bin/liar");
        node.WriteFile("/etc/ssh/sshd_config.d/00-test.conf", "MaxStartups 100\n");
        node.Must("systemctl restart ssh.service");
        string[] lies = ["status", "lines", "reply", "bomb", "header", "time", "swap", "base64", "nothing", "begin"];
        foreach (var lie in lies)
        {
            Accounts.Add(node, lie, "", "/usr/local/bin/liar");
        }

        // it has a file of this machine read, and another key deleted
        Accounts.Add(node, "accuser", "printf '@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\\nOffending ED25519 key in /dev/zero:1\\n' >&2; exit 1\n");
        controller.SshConfig = Accounts.Aliases(node, [.. lies, "accuser"]);

        var (result, memory) = Run(controller, [.. lies, "accuser", $"root@{nodes[1].Address}"]);

        result.Expect(3);
        result.ExpectChecked(nodes[1].Address);
        Assert.All([.. lies, "accuser"], lie => result.ExpectError(lie, Outcome(lie)));
        Assert.InRange(memory, 0, MostMemory);
    }

    /// <summary>Runs a check, and measures the most memory that kubeprep had.</summary>
    private static (ToolResult Result, long Memory) Run(Controller controller, IEnumerable<string> nodes)
    {
        using var running = controller.Start(
            Controller.Kubeprep,
            ["check", .. nodes, "--known-hosts", controller.KnownHosts, "--key-file", Lab.KeyFile, "--json", "--connection-timeout", "5", "--throttle-limit", "50"]);
        var most = 0L;
        Wait.Until(
            () =>
            {
                most = Math.Max(most, PeakMemory(running.Id));
                return running.HasExited;
            },
            "it ends");
        return (running.WaitForExit(TimeSpan.FromMinutes(1)), most);
    }

    private static long PeakMemory(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0; // it has ended
        }
    }

    private static string Outcome(string lie) => lie switch
    {
        "nothing" => "ConnectionLost",
        "time" => "UnsupportedSystem",
        _ => "UnexpectedReply",
    };

    /// <summary>What was found out about a node, but for how long it took.</summary>
    private static string Facts(JsonElement row) => $"{row.GetProperty("steps")}{row.GetProperty("changes")}";

    private static void ExpectPlain(ToolResult result) =>
        Assert.DoesNotContain(result.Everything, c => char.IsControl(c) && c is not ('\n' or '\t'));
}
