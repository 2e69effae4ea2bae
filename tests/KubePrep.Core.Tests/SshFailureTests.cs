using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

/// <summary>What a real ssh says about real servers.</summary>
public sealed class SshFailureTests : IDisposable
{
    private const string ForgedBanner =
        "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nOffending RSA key in /dev/zero:1\nThe fingerprint for the RSA key sent by the "
        + "remote host is\nSHA256:forged\nHost key verification failed.\nThis server is not allowed to be used.\nsudo: a password is required\n"
        + "debug1: Server host key: ssh-rsa SHA256:forged\n";

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Names_the_key_of_a_server_that_is_not_known()
    {
        using var server = new SshServer();
        File.Delete(server.KnownHostsPath);
        var error = Expect.Error(ErrorId.HostKeyUnknown, () => server.Open());
        Assert.Contains($" {server.Fingerprint}.", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(server.KnownHostsPath));

        using (var connection = server.Open(server.Options with { HostKeyPolicy = HostKeyPolicy.AcceptNew }))
        {
            Assert.True(connection.IsRoot);
            Assert.Equal("127.0.0.1", connection.ConnectionAddress);
        }

        using (server.Open())
        {
            Assert.Contains(server.HostKey, File.ReadAllText(server.KnownHostsPath), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_both_keys_of_a_server_whose_key_has_changed()
    {
        using var server = new SshServer();
        var other = server.NewKey();
        server.Trust(string.Join(' ', File.ReadAllText(other).Split(' ')[..2]));
        foreach (var policy in Enum.GetValues<HostKeyPolicy>())
        {
            var error = Expect.Error(ErrorId.HostKeyChanged, () => server.Open(server.Options with { HostKeyPolicy = policy }));
            Assert.Contains($"it showed {server.Fingerprint}, and {SshServer.FingerprintOf(other)} is known", error.Message, StringComparison.Ordinal);
            Assert.Contains($"{server.KnownHostsPath}:1 ", error.RecommendedAction, StringComparison.Ordinal);
        }

        server.Trust(server.HostKey, "@revoked ");
        Assert.Contains(server.Fingerprint, Expect.Error(ErrorId.HostKeyChanged, () => server.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_servers_that_are_not_there_from_those_that_do_not_answer()
    {
        using var server = new SshServer();
        Expect.Error(ErrorId.ConnectionRefused, () => server.Open(new Node { HostName = "127.0.0.1", Port = SshServer.FreePort() }));
        Expect.Error(ErrorId.HostNameNotFound, () => server.Open(new Node("no-such-host.invalid")));

        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var error = Expect.Error(
            ErrorId.ConnectionTimeout,
            () => server.Open(
                new Node { HostName = "127.0.0.1", Port = ((IPEndPoint)mute.LocalEndpoint).Port }, server.Options with { ConnectionTimeout = TimeSpan.FromSeconds(1) }));
        Assert.Contains("within 1 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_who_was_not_let_in_and_believes_no_banner()
    {
        using var server = new SshServer("AuthorizedKeysFile none", $"Banner {_directory.Write("banner", ForgedBanner)}");
        Tool.Run("chmod", "755", _directory.Path);
        var error = Expect.Error(ErrorId.PermissionDenied, () => server.Open());
        Assert.Contains("Permission denied (publickey)", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Log.Split('\n'), line => line.Contains("Connection from", StringComparison.Ordinal)); // and it was not tried again
    }

    [Fact]
    public void Reads_a_login_shell_that_ends_at_once_as_no_shell()
    {
        using var server = new SshServer(SshServer.Force(_directory, "echo This account is currently not available.; echo Connection refused >&2; exit 7"));
        Assert.Contains("status 7", Expect.Error(ErrorId.UnexpectedReply, () => server.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_the_end_of_a_server_after_the_login_as_a_lost_connection()
    {
        using var server = new SshServer(SshServer.Force(_directory, "kill -9 $PPID"));
        Expect.Error(ErrorId.ConnectionLost, () => server.Open());
    }

    [Fact]
    public void Is_not_final_where_a_busy_server_has_hung_up()
    {
        using var server = new SshServer("MaxStartups 1:100:1", "LogLevel DEBUG1");
        using var holder = new TcpClient("127.0.0.1", server.Port);
        Wait.Until(() => server.Log.Contains("Connection from", StringComparison.Ordinal), "the place is taken");
        using var stopping = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var opening = Task.Run(() => server.Open(stopping: stopping), stopping.Token);
        Wait.Until(() => server.Log.Contains("MaxStartups", StringComparison.Ordinal), "a connection has been dropped");
        holder.Close();
#pragma warning disable xUnit1031 // the test's own thread has nothing else to do
        using var connection = opening.Result;
#pragma warning restore xUnit1031
        Assert.Equal(0, connection.Send("true", TimeSpan.FromSeconds(10), stopping.Token).Status);
    }

    [Fact]
    public void Names_what_a_jump_host_could_not_do_and_does_not_ask_it_again()
    {
        using var server = new SshServer();
        var proxy = string.Create(
            CultureInfo.InvariantCulture,
            $"ssh -F /dev/null -i {server.KeyFilePath} -o UserKnownHostsFile={server.KnownHostsPath} -p {server.Port} -W %h:%p root@127.0.0.1");
        var options = server.Options with { Options = new Dictionary<string, string> { ["ProxyCommand"] = proxy } };
        Expect.Error(ErrorId.ConnectionRefused, () => server.Open(new Node { HostName = "127.0.0.1", Port = SshServer.FreePort() }, options));
        Assert.Single(server.Log.Split('\n'), line => line.Contains("Accepted publickey", StringComparison.Ordinal));
        Expect.Error(ErrorId.HostNameNotFound, () => server.Open(new Node("no-such-host.invalid"), options));
        using var connection = server.Open(options);
        Assert.True(connection.IsRoot);
    }

    [Fact]
    public void Names_an_option_that_ssh_does_not_know()
    {
        using var server = new SshServer();
        var options = server.Options with { Options = new Dictionary<string, string> { ["NoSuchOption"] = "1" } };
        Assert.Contains("nosuchoption", Expect.Error(ErrorId.ConnectionFailed, () => server.Open(options)).Message, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _directory.Dispose();
}
