using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

/// <summary>A real ssh server of a test's own, with its own keys, at a port of the loopback.</summary>
internal sealed class SshServer : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringBuilder _log = new();
    private readonly Process _process;
    private readonly Task _reading;

    /// <summary>Starts it.</summary>
    /// <param name="settings">Lines of sshd_config(5), which come before others.</param>
    public SshServer(params IEnumerable<string> settings)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "an ssh server needs root");
        Tool.Require("setsid", "ssh", "ssh-keygen");
        Assert.SkipUnless(File.Exists("/usr/sbin/sshd"), "sshd is not installed");
        Directory.CreateDirectory("/run/sshd");
        Port = FreePort();
        foreach (var key in new[] { "host", "user" })
        {
            Tool.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _directory[key]);
        }

        File.Copy(_directory["user.pub"], _directory["authorized"]);
        Tool.Run("chmod", "755", _directory.Path);
        var configuration = _directory.Write(
            "sshd_config",
            string.Create(CultureInfo.InvariantCulture, $"{string.Join('\n', settings)}\nListenAddress 127.0.0.1:{Port}\nHostKey {_directory["host"]}\n")
            + $"AuthorizedKeysFile {_directory["authorized"]}\nPidFile none\nStrictModes no\nPermitRootLogin yes\nLogLevel VERBOSE\nUsePAM no\n"
            + "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPrintMotd no\n");
        var start = new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-e", "-f", configuration]) { RedirectStandardError = true };
        _process = Process.Start(start)!;
        _reading = Task.Run(Read);
        Wait.Until(() => Log.Contains("Server listening", StringComparison.Ordinal) || _process.HasExited, "sshd listens");
        Assert.False(_process.HasExited, Log);
        Trust(HostKey);
    }

    public int Port { get; }

    /// <summary>What it has logged so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>A file that its clients' processes have on their command lines.</summary>
    public string KnownHostsPath => _directory["known_hosts"];

    public string KeyFilePath => _directory["user"];

    /// <summary>The host key, as known_hosts has it.</summary>
    public string HostKey => string.Join(' ', File.ReadAllText(_directory["host.pub"]).Split(' ')[..2]);

    /// <summary>The host key's fingerprint, as ssh-keygen prints it.</summary>
    public string Fingerprint => FingerprintOf(_directory["host.pub"]);

    public Node Node => NodeOf("root");

    public ConnectionOptions Options => new()
    {
        KeyFilePath = KeyFilePath,
        KnownHostsPath = KnownHostsPath,
        ConnectionTimeout = TimeSpan.FromSeconds(15),
    };

    public static string FingerprintOf(string path) => Tool.Run("ssh-keygen", "-lf", path).Split(' ')[1];

    /// <summary>A port at which nothing listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public Node NodeOf(string user) => new() { HostName = "127.0.0.1", Port = Port, UserName = user };

    /// <summary>Makes a key the one that is known of this server.</summary>
    public void Trust(string key, string marker = "") =>
        File.WriteAllText(KnownHostsPath, string.Create(CultureInfo.InvariantCulture, $"{marker}[127.0.0.1]:{Port} {key}\n"));

    /// <summary>Makes another pair of keys.</summary>
    /// <returns>The public one's path.</returns>
    public string NewKey()
    {
        Tool.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", _directory["another"]);
        return _directory["another.pub"];
    }

    /// <summary>Writes a script that the server runs instead of what a client asks for (sshd_config(5), ForceCommand).</summary>
    public static string Force(TemporaryDirectory directory, string script)
    {
        Tool.Run("chmod", "755", directory.Path, directory.Write("forced", $"#!/bin/sh\n{script}\n"));
        return $"ForceCommand {directory["forced"]}";
    }

    public NodeConnection Open(ConnectionOptions? options = null, RootNeed need = RootNeed.Preferred, CancellationTokenSource? stopping = null) =>
        Open(Node, options, need, stopping);

    public NodeConnection Open(Node node, ConnectionOptions? options = null, RootNeed need = RootNeed.Preferred, CancellationTokenSource? stopping = null) =>
        new NodeConnector(options ?? Options).Open(node, need, stopping?.Token ?? CancellationToken.None);

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _reading.Wait();
        _process.Dispose();
        _directory.Dispose();
    }

    private void Read()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            lock (_log)
            {
                _log.AppendLine(line);
            }
        }
    }
}
