using System.ComponentModel;
using System.Diagnostics;
using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>Connects to nodes by the OpenSSH client, one process a node, and to this machine by its shell.</summary>
internal sealed class NodeConnector
{
    private const int MaximumAttempts = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly Dictionary<string, string> NoEnvironment = [];
    private readonly ConnectionOptions _options;
    private readonly HandshakeGates _gates = new();

    /// <summary>Checks the options.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidConnectionOption"/>.</exception>
    public NodeConnector(ConnectionOptions options)
    {
        SshArguments.Validate(options);
        _options = options;
    }

    /// <summary>Connects to a node, and becomes root there.</summary>
    /// <exception cref="KubePrepException">It could not; the id says why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public NodeConnection Open(Node node, RootNeed need, CancellationToken cancellation)
    {
        var target = NodeTarget.Of(node, _options);
        try
        {
            return target.IsLocal ? OpenLocal(node, need, cancellation) : OpenRemote(target, need, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw ConnectionErrors.Failed(node, e.Message.TrimEnd('.')); // this machine has no room for a process or a file
        }
    }

    private NodeConnection OpenLocal(Node node, RootNeed need, CancellationToken cancellation)
    {
        var attempt = new Attempt(this, node, cancellation);
        return attempt.Run("/bin/sh", [], NoEnvironment, need) ?? throw attempt.LocalFailure();
    }

    private NodeConnection OpenRemote(NodeTarget target, RootNeed need, CancellationToken cancellation)
    {
        RequireSsh();
        var configuration = ReadConfiguration(target, cancellation);
        var arguments = SshArguments.ForSession(target, _options);
        var pause = FirstPause;
        var tried = TimeSpan.Zero;
        for (var attempt = 1; ; attempt++)
        {
            var (connection, failure, mayRetry, duration) = Try(target.Node, configuration, arguments, need, cancellation);
            if (connection is not null)
            {
                return connection;
            }

            tried += duration + pause;
            if (!mayRetry || attempt == MaximumAttempts || tried > _options.ConnectionTimeout)
            {
                throw failure!;
            }

            // others wait as long: a little more or less keeps them from coming back all at once
            cancellation.WaitHandle.WaitOne(pause * (0.5 + Random.Shared.NextDouble()));
            pause *= 2;
        }
    }

    private (NodeConnection? Connection, KubePrepException? Failure, bool MayRetry, TimeSpan Duration) Try(
        Node node, SshConfiguration configuration, IReadOnlyList<string> arguments, RootNeed need, CancellationToken cancellation)
    {
        using var place = _gates.Enter(configuration.Proxy, cancellation);
        using var askPass = _options.Password is { } password
            ? new AskPass($"{configuration.UserName}@{configuration.HostName}", password)
            : null;
        var clock = Stopwatch.StartNew(); // others ahead at the jump host take none of this node's time
        // a jump host's own ssh must not ask on the terminal either
        var environment = new Dictionary<string, string> { ["SSH_ASKPASS"] = askPass?.HelperPath ?? "/bin/false", ["SSH_ASKPASS_REQUIRE"] = "force" };
        var attempt = new Attempt(this, node, cancellation);
        var connection = attempt.Run("ssh", arguments, environment, need);
        return connection is not null
            ? (connection, null, false, clock.Elapsed)
            : (null, attempt.Failure(configuration), attempt.IsBeforeKeyExchange, clock.Elapsed);
    }

    private SshConfiguration ReadConfiguration(NodeTarget target, CancellationToken cancellation)
    {
        using var process = ShellProcess.Start("ssh", SshArguments.ForConfiguration(target, _options), NoEnvironment, watch: null);
        using var deadline = new Timer(_ => process.End(), null, _options.ConnectionTimeout, Timeout.InfiniteTimeSpan);
        using var ending = cancellation.UnsafeRegister(_ => process.End(), null);
        var lines = new LineReader(process.Output);
        var settings = new List<string>();
        while (lines.Read() is { } line)
        {
            settings.Add(line);
        }

        cancellation.ThrowIfCancellationRequested();
        return settings.Count > 0
            ? SshConfiguration.Parse(settings)
            : throw SshFailure.From(target.Node, SshConfiguration.Unknown, process.ErrorOutput.WholeText(), _options.ConnectionTimeout);
    }

    private static void RequireSsh()
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        if (!directories.Any(directory => File.Exists(Path.Join(directory, "ssh"))))
        {
            throw ConnectionErrors.SshNotFound();
        }
    }

    /// <summary>One try to get a shell on a node.</summary>
    private sealed class Attempt(NodeConnector connector, Node node, CancellationToken cancellation)
    {
        private readonly SudoDialogue _sudo = new(connector._options.SudoPassword);
        private bool _isTimedOut;
        private string _errorOutput = "";

        public bool IsBeforeKeyExchange => !_isTimedOut && SshFailure.IsBeforeKeyExchange(_errorOutput);

        /// <summary>The connection, or null if there is none.</summary>
        public NodeConnection? Run(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, RootNeed need)
        {
            var process = ShellProcess.Start(program, arguments, environment, _sudo.Watch);
            NodeConnection? connection = null;
            try
            {
                _sudo.Attach(process);
                // ssh's own timeout bounds each of its steps; this bounds them all, with some seconds to log in and become root
                using var deadline = new Timer(_ => TimeOut(process), null, connector._options.ConnectionTimeout * 2, Timeout.InfiniteTimeSpan);
                using var ending = cancellation.UnsafeRegister(_ => process.End(), null);
                connection = NodeConnection.Begin(node, process, _sudo.Prompt, need);
                _sudo.End();
            }
            finally
            {
                if (connection is null)
                {
                    _errorOutput = process.ErrorOutput.WholeText();
                    process.Dispose();
                }
            }

            if (connection is null)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return connection; // whoever gets it ends it, also when it is cancelled only now
        }

        public KubePrepException Failure(SshConfiguration configuration) =>
            _isTimedOut ? TimedOut()
            : _sudo.Failure(node, SshFailure.AfterLogin(_errorOutput))
                ?? SshFailure.From(node, configuration, _errorOutput, connector._options.ConnectionTimeout);

        public KubePrepException LocalFailure() =>
            _isTimedOut ? TimedOut() : _sudo.Failure(node, _errorOutput) ?? ConnectionErrors.Lost(node);

        private KubePrepException TimedOut() => ConnectionErrors.Timeout(node, connector._options.ConnectionTimeout);

        private void TimeOut(ShellProcess process)
        {
            _isTimedOut = true;
            process.End();
        }
    }
}
