using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KubePrep.Cli.Tests;

/// <summary><c>kubeprep check</c> and <c>kubeprep prepare</c>, of this machine and of others that are not there.</summary>
public sealed class PreparationTests : IDisposable
{
    private const string Needle = "s3cret needle";

    // in a mount namespace of its own, in which services are not restarted and nothing outlives the test
    private const string Sandbox = """
        for directory in /run /var/backups /usr/local/sbin /etc/systemd; do mount -t tmpfs tmpfs "$directory" || exit 99; done
        printf '#!/bin/sh\nexit 0\n' >/usr/local/sbin/systemctl; chmod 755 /usr/local/sbin/systemctl

        """;

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, string[]> WrongArguments => new()
    {
        { "at least one node", [] },
        { "not both", ["n1", "--inventory", "hosts"] },
        { "no-such-inventory", ["--inventory", "no-such-inventory"] },
        { "--what-iff", ["n1", "--what-iff"] },
        { "-x", ["n1", "--", "-x"] },
        { "--bogus", ["n1", "--bogus"] },
        { "--port", ["n1", "--port", "0"] },
        { "--port", ["n1", "--port", "65536"] },
        { "--port", ["n1", "--port", "ssh"] },
        { "--connection-timeout", ["n1", "--connection-timeout", "0"] },
        { "--throttle-limit", ["n1", "--throttle-limit", "0"] },
        { "--host-key-policy", ["n1", "--host-key-policy", "off"] },
        { "--step", ["n1", "--step", "Packages,Bogus"] },
        { "--skip-step", ["n1", "--skip-step", ""] },
        { "--proxy-mode", ["n1", "--proxy-mode", "userspace"] },
        { "no-such-profile", ["n1", "--profile", "no-such-profile.yaml"] },
        { "--option", ["n1", "--option", "ProxyJump"] },
        { "--option", ["n1", "--option", "ProxyJump=a", "--option", "proxyjump=b"] },
        { "LogLevel", ["n1", "--option", "LogLevel=QUIET"] },
        { "StrictHostKeyChecking", ["n1", "--option", "stricthostkeychecking=no"] },
        { "path", ["n1", "--known-hosts", ""] },
        { "--password-fd", ["n1", "--password-fd", "99"] },
        { "--sudo-password-fd", ["n1", "--sudo-password-fd", "-1"] },
        { "--sudo-password-fd", ["n1", "--sudo-password-fd", "x"] },
        { "--ask-password", ["n1", "--ask-password"] },
        { "password", ["n1", "--password-fd", "0"] }, // an empty one
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void Refuses_a_command_line_that_cannot_be_carried_out(string named, string[] arguments)
    {
        // both commands have the same arguments; the one that could do harm has to notice
        var result = Kubeprep.Run(["prepare", .. arguments]).Expect(2);
        Assert.Contains(named, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Checks_this_machine()
    {
        var good = Kubeprep.Run("check", "localhost", "--profile", Profile("packages: [bash]"), "--json").Expect(0);
        var row = Assert.Single(good.Rows);
        Assert.Equal(("localhost", "Compliant"), (row.GetProperty("node").GetString(), row.GetProperty("status").GetString()));
        Assert.Contains(row.GetProperty("steps").EnumerateArray(), step => step.GetProperty("step").GetString() == "Packages" && step.GetProperty("status").GetString() == "Compliant");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, row.GetProperty("error").ValueKind);
        Assert.Empty(row.GetProperty("changes").EnumerateArray());

        var table = Kubeprep.Run("check", "localhost", "--profile", Profile("packages: [bash]")).Expect(0);
        Assert.StartsWith("NODE", table.Output, StringComparison.Ordinal);
        Assert.Contains("\nlocalhost  Compliant", table.Output, StringComparison.Ordinal);

        var drifted = Kubeprep.Run("check", "localhost", "--profile", Profile("packages: [no-such-package]"), "--json").Expect(1);
        var change = Assert.Single(Assert.Single(drifted.Rows).GetProperty("changes").EnumerateArray());
        Assert.Equal("no-such-package", change.GetProperty("target").GetString());
    }

    [Fact]
    public void Ends_with_3_for_a_node_that_is_not_there_whatever_the_others_are()
    {
        var away = Away();
        var result = Kubeprep.Run("check", away, "localhost", "n1:ssh", "no such host", "--profile", Profile("packages: [no-such-package]"), "--json").Expect(3);
        Assert.Equal(
            ["Drifted", "Failed", "Failed", "Unreachable"],
            result.Rows.Select(row => row.GetProperty("status").GetString()!).Order());
        Assert.Equal(
            ["ConnectionRefused", "InvalidNode", "InvalidNode"],
            result.Rows.Select(row => row.GetProperty("error")).Where(error => error.ValueKind != System.Text.Json.JsonValueKind.Null)
                .Select(error => error.GetProperty("id").GetString()!).Order());
        Kubeprep.Run("check", "localhost", "no such host", "--profile", Profile("packages: [bash]")).Expect(1);
    }

    [Fact]
    public void Prepares_this_machine_and_proves_it()
    {
        var result = Sandboxed("""
            "$kubeprep" prepare localhost --profile "$profile" --what-if; echo "exit $?"; ls /etc/systemd
            "$kubeprep" prepare localhost --profile "$profile"; echo "exit $?"; cat /etc/systemd/journald.conf.d/*.conf
            "$kubeprep" prepare localhost --profile "$profile"; echo "exit $?"; ls -d /run/kubeprep/*T* | wc -l
            """);
        var parts = result.Output.Split("exit 0\n");
        Assert.Equal(4, parts.Length);
        Assert.Contains("+SystemMaxUse=77M", parts[0], StringComparison.Ordinal);
        Assert.Contains("Drifted", parts[0], StringComparison.Ordinal);
        Assert.StartsWith("NODE", parts[1], StringComparison.Ordinal); // and not the names of files
        Assert.Contains("Changed", parts[1], StringComparison.Ordinal);
        Assert.Contains("SystemMaxUse=77M", parts[2], StringComparison.Ordinal);
        Assert.Contains("Compliant", parts[2], StringComparison.Ordinal);
        Assert.Equal("1\n", parts[3]); // the last one had nothing to run
        Assert.Contains("localhost: Journal: write /etc/systemd/journald.conf.d/", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ends_with_4_for_a_change_that_is_not_there_afterwards_unless_a_node_is_unreachable()
    {
        var result = Sandboxed($"""
            printf '#!/bin/sh\nexit 0\n' >/usr/local/sbin/mv; chmod 755 /usr/local/sbin/mv
            "$kubeprep" prepare localhost 'no such host' --profile "$profile"; echo "exit $?"
            "$kubeprep" prepare localhost {Away()} --profile "$profile" >/dev/null; echo "exit $?"
            printf '#!/bin/sh\necho broken >&2; exit 1\n' >/usr/local/sbin/mv
            "$kubeprep" prepare localhost --profile "$profile" >/dev/null; echo "exit $?"
            """);
        Assert.Equal(["exit 4", "exit 3", "exit 1"], result.Output.Split('\n').Where(line => line.StartsWith("exit", StringComparison.Ordinal)));
        Assert.Contains("[ChangesNotVerified]", result.Error, StringComparison.Ordinal);
        Assert.Contains("broken", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_the_host_key_policy_in_any_case()
    {
        foreach (var (word, value) in new[] { ("Accept-New", "accept-new"), ("accept-new", "accept-new"), ("STRICT", "yes") })
        {
            var calls = WithFakeSsh($"check n1 --host-key-policy {word}").Calls;
            Assert.Contains($"StrictHostKeyChecking={value}", calls, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Gives_a_password_to_ssh_alone_and_takes_one_line_of_a_descriptor_for_each()
    {
        var file = Write("passwords", $"{Needle}\nanother {Needle}\nrest\n");
        var (result, calls) = WithFakeSsh($"check n1 --password-fd 3 --sudo-password-fd 3 3<'{file}'");
        result.Expect(3);
        Assert.Contains($"answer: {Needle}\n", calls, StringComparison.Ordinal);
        Assert.DoesNotContain($"answer: another {Needle}", calls, StringComparison.Ordinal);
        Assert.DoesNotContain(Needle, calls.Replace($"answer: {Needle}", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(Needle, result.Everything, StringComparison.Ordinal);
        Assert.Contains("BatchMode=no", calls, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_no_password_beyond_its_bound()
    {
        var file = Write("long", new string('x', 5000));
        var result = WithFakeSsh($"check n1 --sudo-password-fd 3 3<'{file}'").Result.Expect(2);
        Assert.Contains("longer than", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", result.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\003", 130)]
    [InlineData("wr\\177\\177s3cret needle\\r", 3)]
    public void Asks_for_a_password_on_a_terminal_which_does_not_show_it_and_can_be_left(string typed, int exitCode)
    {
        Tool.Require("script");
        var typescript = _directory["typescript"];
        var command = $"PATH='{_directory["bin"]}':$PATH '{Kubeprep.Executable}' check n1 --ask-password";
        var calls = FakeSsh();
        var result = Tool.Run(
            "sh",
            "-c",
            $"{{ until grep -q 'log in with: ' '{typescript}'; do sleep 0.05; done; printf '{typed}'; until grep -q COMMAND_EXIT_CODE '{typescript}'; do sleep 0.05; done; }} "
                + $"| script -qefc \"{command}\" '{typescript}'");
        result.Expect(exitCode);
        Assert.DoesNotContain(Needle, File.ReadAllText(typescript), StringComparison.Ordinal);
        Assert.Equal(exitCode == 3, File.ReadAllText(calls).Contains($"answer: {Needle}\n", StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>A node's address at which nothing listens.</summary>
    private static string Away()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private string Write(string name, string content)
    {
        var path = _directory[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private string Profile(string text) => Write("profile.yaml", text + "\n");

    private ToolResult Sandboxed(string script)
    {
        Tool.RequireRoot();
        Tool.Require("unshare");
        var profile = Profile("journal: {SystemMaxUse: 77M}");
        var text = $"{Sandbox}kubeprep='{Kubeprep.Executable}' profile='{profile}'\n{script}\n";
        return Tool.Run("unshare", "--mount", "sh", Write("script", text)).Expect(0);
    }

    /// <summary>Runs it with an ssh that only writes down what it is called with, its environment, and what it is answered.</summary>
    private (ToolResult Result, string Calls) WithFakeSsh(string arguments)
    {
        var calls = FakeSsh();
        var result = Tool.Run("sh", "-c", $"PATH='{_directory["bin"]}':$PATH '{Kubeprep.Executable}' {arguments}");
        return (result, File.ReadAllText(calls));
    }

    private string FakeSsh()
    {
        var calls = Write("calls", "");
        Tool.Must("chmod", "755", Write("bin/ssh", $"""
            #!/bin/sh
            case " $* " in
                *' -G '*) printf 'user me\nhostname n1\n' ;;
                *) printf 'answer: %s\n' "$("$SSH_ASKPASS" "me@n1's password: ")" >>'{calls}' ;;
            esac
            tr '\0' '\n' </proc/$$/environ >>'{calls}'
            printf '%s\n' "$@" >>'{calls}'
            [ "$SSH_ASKPASS_REQUIRE" = force ] || exit 0
            echo 'me@n1: Permission denied (password).' >&2
            exit 255

            """));
        return calls;
    }
}
