using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>
/// A shell on a node, to which requests are sent and which replies in frames. A frame's lines carry a random number made for this
/// connection, so that nothing a node's start-up files or programs print can be taken for one.
/// </summary>
internal sealed class NodeConnection : IDisposable
{
    private const int MaximumStrayLines = 20_000;
    private const int MaximumReplyLength = 18 * 1024 * 1024; // the facts of a node with as many files as are looked at are 16
    private const int LineCost = 32; // of memory, besides a line's characters: endless blank lines are endless, too
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(3);
    private readonly ShellProcess _process;
    private readonly LineReader _lines;
    private readonly string _nonce;
    private readonly Node _node;
    private int _requests;

    private NodeConnection(Node node, ShellProcess process, LineReader lines, string nonce, string[] ready)
    {
        (_node, _process, _lines, _nonce) = (node, process, lines, nonce);
        IsRoot = ready[0] == "0";
        ConnectionAddress = ready.Length > 1 && IPAddress.TryParse(ready[1], out _) ? ready[1] : "";
    }

    /// <summary>Whether the node's shell is root's.</summary>
    public bool IsRoot { get; }

    /// <summary>The node's address at which the connection arrived; empty for this machine.</summary>
    public string ConnectionAddress { get; }

    /// <summary>A number nobody can guess, for a frame or a prompt.</summary>
    public static string NewNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Becomes root in a shell that has just been started.</summary>
    /// <returns>The connection, or null if the shell ended without a reply.</returns>
    /// <exception cref="KubePrepException"><see cref="ErrorId.UnexpectedReply"/>.</exception>
    public static NodeConnection? Begin(Node node, ShellProcess process, string sudoPrompt, RootNeed need)
    {
        var nonce = NewNonce();
        var assignments = ShellText.Assign(
            ("nonce", nonce), ("prompt", sudoPrompt), ("is_needed", need == RootNeed.Required ? "yes" : "no"));
        process.Send(Encoding.ASCII.GetBytes($"{{\n{assignments}{ShellText.Script("become-root.sh")}}}\n"));
        var lines = new LineReader(process.Output);
        var ready = Find(node, lines, $"{nonce} ready ")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ready is null ? null
            : ready is [var user, ..] && user.All(char.IsAsciiDigit) ? new NodeConnection(node, process, lines, nonce, ready)
            : throw ConnectionErrors.UnexpectedReply(node, "it does not say which user it runs as");
    }

    /// <summary>Sends a script, and waits for what it prints.</summary>
    /// <param name="script">What the node's shell runs, with standard input from <c>/dev/null</c>.</param>
    /// <param name="timeout">After which the node counts as lost.</param>
    /// <param name="cancellation">Ends the connection.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.ConnectionLost"/> or <see cref="ErrorId.UnexpectedReply"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Reply Send(string script, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new Timer(_ => _process.End(), null, timeout, Timeout.InfiniteTimeSpan);
        using var ending = cancellation.UnsafeRegister(_ => _process.End(), null);
        var lines = new List<string>();
        var status = Converse("</dev/null", script, lines.Add, cancellation);
        return new Reply(status, lines);
    }

    /// <summary>Sends a script that reads lines from its standard input, each in answer to one that it has printed.</summary>
    /// <param name="script">What the node's shell runs. If it ends early, the shell reads the last line as a command.</param>
    /// <param name="answer">Is told every line as soon as it is there, and says what to send, or null.</param>
    /// <param name="timeout">After which the node counts as lost.</param>
    /// <param name="cancellation">Ends the connection.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.ConnectionLost"/> or <see cref="ErrorId.UnexpectedReply"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Exchange(string script, Func<string, string?> answer, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new Timer(_ => _process.End(), null, timeout, Timeout.InfiniteTimeSpan);
        using var ending = cancellation.UnsafeRegister(_ => _process.End(), null);
        Converse("", script, Answer, cancellation);

        void Answer(string line)
        {
            if (answer(line) is { } reply)
            {
                _process.Send(Encoding.ASCII.GetBytes(reply + "\n"));
            }
        }
    }

    /// <summary>
    /// Sends a script that reads one word from its standard input: what <paramref name="answer"/> returns for a line that it has printed, or
    /// <paramref name="leaving"/> if the work is cancelled.
    /// </summary>
    /// <param name="script">What the node's shell runs.</param>
    /// <param name="answer">Is told every line, and says what to send, or null.</param>
    /// <param name="leaving">The word that says that nobody follows any more.</param>
    /// <param name="cancellation">Sends that word, and ends the connection if the script does not end soon.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.ConnectionLost"/> or <see cref="ErrorId.UnexpectedReply"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and the script did not end.</exception>
    public void Follow(string script, Func<string, string?> answer, string leaving, CancellationToken cancellation)
    {
        var said = 0;
        using var ending = new Timer(_ => _process.End());
        using var giveUp = cancellation.UnsafeRegister(_ => ending.Change(StopGrace, Timeout.InfiniteTimeSpan), null);
        CancellationTokenRegistration leave = default;
        try
        {
            Converse("", script, Answer, cancellation, () => leave = cancellation.UnsafeRegister(_ => Say(leaving), null));
        }
        finally
        {
            leave.Dispose();
        }

        void Answer(string line)
        {
            if (answer(line) is { } word)
            {
                Say(word);
            }
        }

        // what is sent before the script reads, or after that, the shell reads as a command
        void Say(string word)
        {
            if (Interlocked.Exchange(ref said, 1) == 0)
            {
                _process.Send(Encoding.ASCII.GetBytes(word + "\n"));
            }
        }
    }

    /// <summary>Ends the node's shell and the process it is reached by.</summary>
    public void Dispose() => _process.Dispose();

    /// <summary>The rest of the line that begins with <paramref name="prefix"/>; null at the end.</summary>
    private static string? Find(Node node, LineReader lines, string prefix)
    {
        try
        {
            for (var count = 0; lines.Read() is { } line; count++)
            {
                if (line.StartsWith(prefix, StringComparison.Ordinal))
                {
                    return line[prefix.Length..];
                }

                if (count > MaximumStrayLines)
                {
                    throw ConnectionErrors.UnexpectedReply(node, "it prints without end");
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw ConnectionErrors.UnexpectedReply(node, e.Message);
        }

        return null;
    }

    private int Converse(
        string redirection, string script, Action<string> receive, CancellationToken cancellation, Action? whenBegun = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var frame = $"{_nonce} {(++_requests).ToString(CultureInfo.InvariantCulture)}";
        _process.Send(Encoding.Latin1.GetBytes(
            $"{{ printf '\\n%s begin\\n' '{frame}'\n(\n{script}\n) {redirection}\nprintf '\\n%s end %s\\n' '{frame}' \"$?\"\n}}\n"));
        var status = Find(_node, _lines, $"{frame} begin") is null ? null : Receive($"{frame} end ", receive, whenBegun);
        if (status is null)
        {
            cancellation.ThrowIfCancellationRequested();
            throw ConnectionErrors.Lost(_node);
        }

        return int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ConnectionErrors.UnexpectedReply(_node, "a reply has no status");
    }

    private string? Receive(string end, Action<string> receive, Action? whenBegun)
    {
        try
        {
            whenBegun?.Invoke();
            var length = 0L;
            while (_lines.Read() is { } line)
            {
                if (line.StartsWith(end, StringComparison.Ordinal))
                {
                    return line[end.Length..];
                }

                length += line.Length + LineCost;
                if (length > MaximumReplyLength)
                {
                    throw new InvalidDataException("a reply has no end");
                }

                receive(line);
            }
        }
        catch (InvalidDataException e)
        {
            throw ConnectionErrors.UnexpectedReply(_node, e.Message);
        }

        return null;
    }
}
