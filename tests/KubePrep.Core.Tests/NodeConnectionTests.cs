using System.Diagnostics;
using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

/// <summary>Conversations with real shells: this machine's, and those behind a real ssh server.</summary>
public sealed class NodeConnectionTests : IDisposable
{
    private const string FrameLikeNoise =
        "yes 'a line of noise' | head -n 5000; printf '%s\\n' '0123456789abcdef0123456789abcdef ready 0' '1 begin' '1 end 0' '{' '}' 'end'; "
        + "head -c 100000 /dev/urandom; echo; head -c 40000 /dev/urandom >&2; echo 'kubeprep-0:' >&2; ";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Replies_with_any_bytes_and_the_exit_status()
    {
        using var connection = Local();
        Property.Holds(
            from count in Gen.Choose(0, 3000)
            from seed in Gen.Choose(0, int.MaxValue)
            from status in Gen.Choose(0, 255)
            select (count, seed, status),
            given =>
            {
                var bytes = new byte[given.count];
                new Random(given.seed).NextBytes(bytes);
                var script = string.Create(
                    CultureInfo.InvariantCulture, $"base64 -d <<'end'\n{Convert.ToBase64String(bytes)}\nend\nexit {given.status}");
                var reply = connection.Send(script, Limit, CancellationToken.None);
                Assert.Equal((given.status, Encoding.Latin1.GetString(bytes)), (reply.Status, string.Join('\n', reply.Lines)));
            },
            cases: 40);
    }

    [Fact]
    public void Sends_a_request_larger_than_any_pipe_over_ssh_and_here()
    {
        using var server = new SshServer();
        using var remote = server.Open();
        using var local = Local();
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"line '{number}' $(x) `y` \\\n")));
        foreach (var connection in new[] { remote, local })
        {
            var reply = connection.Send($"cat <<'end' | sha256sum\n{text}end", Limit, CancellationToken.None);
            Assert.StartsWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(text))), reply.Lines[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Gives_scripts_no_input_and_survives_what_they_do_to_their_shell()
    {
        using var connection = Local();
        Assert.Equal([""], connection.Send("cat; cd /; set -e; false; echo unreached", Limit, CancellationToken.None).Lines);
        Assert.Equal(3, connection.Send("exec >/dev/null 2>&1; PATH=; exit 3", Limit, CancellationToken.None).Status);
        Assert.Equal("127", connection.Send("no-such-program 2>/dev/null; echo $?", Limit, CancellationToken.None).Lines[0]);
        Assert.Equal("C /usr/local/sbin", connection.Send("echo \"$LC_ALL ${PATH%%:*}\"", Limit, CancellationToken.None).Lines[0]);
        Assert.True(connection.IsRoot == Environment.IsPrivilegedProcess);
        Assert.Equal("", connection.ConnectionAddress);
    }

    [Fact]
    public void Finds_its_replies_in_noise_and_under_foreign_settings()
    {
        Tool.Run("chmod", "755", _directory.Path, _directory.Write("rc", $"{FrameLikeNoise}\n"));
        using var server = new SshServer(
            SshServer.Force(_directory, FrameLikeNoise + "eval \"$SSH_ORIGINAL_COMMAND\""),
            $"SetEnv BASH_ENV={_directory["rc"]} ENV={_directory["rc"]} LANG=de_DE.UTF-8 LC_ALL=tr_TR.UTF-8 POSIXLY_CORRECT=1 CDPATH=/usr",
            $"Banner {_directory.Write("banner", "Welcome\n{\nsudo: a password is required\n")}");
        using var connection = server.Open();
        var reply = connection.Send("ls /nowhere 2>&1; cd bin 2>/dev/null; echo done", Limit, CancellationToken.None);
        Assert.Equal(["ls: cannot access '/nowhere': No such file or directory", "done", ""], reply.Lines);
    }

    [Theory]
    [InlineData("exec yes")]
    [InlineData("exec tr '\\0' x </dev/zero")]
    [InlineData("exec cat /dev/zero")]
    public void Gives_up_on_a_shell_that_prints_without_end(string script)
    {
        using var server = new SshServer(SshServer.Force(_directory, script));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Expect.Error(ErrorId.UnexpectedReply, () => server.Open());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
        Assert.Empty(Processes.Naming(server.KnownHostsPath));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("yes ''")]
    [InlineData("cat /dev/zero")]
    public void Gives_up_on_a_reply_without_end(string script)
    {
        using var connection = Local();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Expect.Error(ErrorId.UnexpectedReply, () => connection.Send(script, Limit, CancellationToken.None));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128 << 20);
    }

    [Theory]
    [InlineData("printf '\\n%s ready \\n' \"$nonce\"")]
    [InlineData("printf '\\n%s ready root 192.0.2.1\\n' \"$nonce\"")]
    [InlineData("printf '\\n%s ready 0\\n\\n%s 1 begin\\n\\n%s 1 end x\\n' \"$nonce\" \"$nonce\" \"$nonce\"")]
    [InlineData("printf '\\n%s ready 0\\n\\n%s 1 begin\\n\\n%s 1 end 99999999999\\n' \"$nonce\" \"$nonce\" \"$nonce\"")]
    [InlineData("printf '\\n%s ready 0\\n\\n%s 1 begin\\n\\n%s 1 end \\n' \"$nonce\" \"$nonce\" \"$nonce\"")]
    public void Gives_up_on_a_shell_that_forges_its_frames(string forgery)
    {
        using var server = new SshServer(SshServer.Force(_directory, $"while read -r line; do case $line in nonce=*) eval \"$line\"; {forgery};; esac; done"));
        Expect.Error(
            ErrorId.UnexpectedReply,
            () =>
            {
                using var connection = server.Open();
                connection.Send("true", Limit, CancellationToken.None);
            });
    }

    [Fact]
    public void Takes_an_address_only_for_one()
    {
        using var server = new SshServer(SshServer.Force(_directory, "SSH_CONNECTION='a b $(x) d' exec /bin/sh"));
        using var connection = server.Open();
        Assert.Equal("", connection.ConnectionAddress);
    }

    [Fact]
    public void Says_that_a_link_died_in_the_middle_of_a_reply()
    {
        using var server = new SshServer();
        using var connection = server.Open();
        Expect.Error(ErrorId.ConnectionLost, () => connection.Send("printf 'half a li'; kill -9 $PPID", Limit, CancellationToken.None));
        Expect.Error(ErrorId.ConnectionLost, () => connection.Send("true", Limit, CancellationToken.None));
    }

    [Fact]
    public void Counts_a_node_as_lost_that_takes_too_long()
    {
        using var connection = Local();
        Expect.Error(ErrorId.ConnectionLost, () => connection.Send("sleep 30", TimeSpan.FromMilliseconds(200), CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Leaves_no_process_when_it_is_cancelled(bool isLocal)
    {
        using var server = new SshServer();
        using var stopping = new CancellationTokenSource();
        var marker = $"kubeprep-{NodeConnection.NewNonce()}";
        var begun = _directory["begun"];
        var work = SideWork.Start(() =>
        {
            Wait.Until(() => File.Exists(begun), "the script has begun");
            stopping.Cancel();
        });
        using (var connection = isLocal ? Local() : server.Open())
        {
            Assert.ThrowsAny<OperationCanceledException>(() => connection.Send($": >{begun}; exec sh -c 'sleep 20; :' {marker}", Limit, stopping.Token));
            Assert.ThrowsAny<OperationCanceledException>(() => connection.Send("true", Limit, stopping.Token));
        }

        work.End();
        Assert.Empty(Processes.Naming(server.KnownHostsPath));
        if (isLocal)
        {
            Wait.Until(() => Processes.Naming(marker).Count == 0, "what it had started is gone");
        }
    }

    [Fact]
    public void Is_cancelled_while_it_is_made()
    {
        using var server = new SshServer(SshServer.Force(_directory, $": >{_directory["begun"]}; exec sleep 20"));
        using var stopping = new CancellationTokenSource();
        var work = SideWork.Start(() =>
        {
            Wait.Until(() => server.Log.Contains("Accepted publickey", StringComparison.Ordinal), "the user is let in");
            stopping.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => server.Open(stopping: stopping));
        work.End();
        Assert.Empty(Processes.Naming(server.KnownHostsPath));
        Assert.ThrowsAny<OperationCanceledException>(() => server.Open(stopping: stopping));
        Assert.ThrowsAny<OperationCanceledException>(() => Local(stopping));
    }

    [Fact]
    public void Ends_a_process_in_whatever_moment_of_its_start()
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            using var process = ShellProcess.Start("sleep", ["30"], new Dictionary<string, string>(), watch: null);
            process.End();
            Assert.Equal(-1, process.Output.ReadByte());
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Follows_a_script_and_answers_it_with_one_word()
    {
        using var connection = Local();
        var heard = new List<string>();
        connection.Follow(
            "echo one; echo two; read -r word; echo \"$word\"; echo two",
            line =>
            {
                heard.Add(line);
                return line == "two" ? "answer" : null;
            },
            "leave",
            CancellationToken.None);
        Assert.Equal(["one", "two", "answer", "two", ""], heard);
        Assert.Equal(["next", ""], connection.Send("echo next", Limit, CancellationToken.None).Lines);
    }

    [Fact]
    public void Says_that_it_leaves_a_script_when_it_is_cancelled_and_ends_one_that_does_not_listen()
    {
        using var connection = Local();
        var heard = new List<string>();
        using var stopping = new CancellationTokenSource();
        connection.Follow(
            "echo begun; read -r word; echo \"$word\"",
            line =>
            {
                heard.Add(line);
                stopping.Cancel();
                return null;
            },
            "leave",
            stopping.Token);
        Assert.Equal(["begun", "leave", ""], heard);

        using var again = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => connection.Follow(
            "echo begun; sleep 30",
            _ =>
            {
                again.Cancel();
                return null;
            },
            "leave",
            again.Token));
    }

    public void Dispose() => _directory.Dispose();

    private static NodeConnection Local(CancellationTokenSource? stopping = null) =>
        new NodeConnector(new ConnectionOptions()).Open(new Node("localhost"), RootNeed.Preferred, stopping?.Token ?? CancellationToken.None);
}
