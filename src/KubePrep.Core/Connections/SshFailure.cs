using System.Text.RegularExpressions;
using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>
/// Why ssh ended, read from what it said (its messages are not translated). Servers have ssh print lines of theirs, before a login (a banner)
/// and after it; no word about host keys is believed where they could be the ones who said it.
/// </summary>
internal static partial class SshFailure
{
    private const string AuthenticationBegins = "debug1: SSH2_MSG_SERVICE_ACCEPT received";
    private const string HandshakeBegins = "debug1: SSH2_MSG_KEXINIT sent";
    private const string LoginSucceeded = "debug1: Sending command: ";

    /// <summary>Whether the server hung up before it had even named itself, as a busy one does (sshd_config(5), MaxStartups).</summary>
    public static bool IsBeforeKeyExchange(string errorOutput) =>
        !errorOutput.Contains(HandshakeBegins, StringComparison.Ordinal)
        && HungUp().IsMatch(errorOutput)
        && !errorOutput.Contains("Host key verification failed", StringComparison.Ordinal)
        && !Lines(errorOutput).Any(line => Known().IsMatch(line)); // a jump host may have said why

    /// <summary>
    /// What was said after the login: by the node's programs, and by ssh about the connection's end. What ssh says while all is well is left
    /// out: it may stand in the middle of a program's line, as sudo writes its lines in pieces.
    /// </summary>
    public static string AfterLogin(string errorOutput) =>
        errorOutput.IndexOf(LoginSucceeded, StringComparison.Ordinal) is >= 0 and var at ? Interjection().Replace(errorOutput[at..], "") : "";

    /// <summary>The error that stands for what ssh said.</summary>
    public static KubePrepException From(Node node, SshConfiguration configuration, string errorOutput, TimeSpan timeout)
    {
        var aboutKeys = AboutKeys(configuration, errorOutput);
        if (ChangedKey().IsMatch(aboutKeys))
        {
            var place = Last(Offending(), aboutKeys);
            place = configuration.HasKnownHosts(place[..Math.Max(0, place.LastIndexOf(':'))]) ? place : "";
            var known = KnownHostKey.FingerprintAt(place);
            return ConnectionErrors.HostKeyChanged(
                node,
                Server(configuration, ChangedName(), aboutKeys),
                Last(Fingerprint(), aboutKeys),
                known.Length == 0 ? "another" : known,
                place);
        }

        if (RevokedKey().IsMatch(aboutKeys))
        {
            return ConnectionErrors.HostKeyChanged(node, "", Last(ServerKey(), aboutKeys), "that key as revoked", "");
        }

        if (UntrustedKey().IsMatch(aboutKeys))
        {
            return ConnectionErrors.HostKeyUnknown(node, Server(configuration, UnknownName(), aboutKeys), Last(ServerKey(), aboutKeys));
        }

        if (errorOutput.Contains(LoginSucceeded, StringComparison.Ordinal))
        {
            return Last(ExitStatus(), errorOutput) is { Length: > 0 } status
                ? ConnectionErrors.UnexpectedReply(node, $"its login shell ended at once, with status {status}{LastWords(AfterLogin(errorOutput))}")
                : ConnectionErrors.Lost(node);
        }

        return Cause(errorOutput) switch
        {
            // of these ssh says nothing itself where something else connects for it
            { } line when configuration.Proxy.Length > 0 && ByItself().IsMatch(line) =>
                ConnectionErrors.Unreachable(node, $"it is behind '{configuration.Proxy}', and there is none to that: {Reason(line)}"),
            { } line when Contains(line, "Could not resolve hostname") || Contains(line, "Name or service not known")
                || Contains(line, "Temporary failure in name resolution") => ConnectionErrors.NameNotFound(node),
            { } line when Contains(line, "Connection refused") => ConnectionErrors.Refused(node),
            { } line when Contains(line, "timed out") || Contains(line, "Timeout, server") => ConnectionErrors.Timeout(node, timeout),
            { } line when Contains(line, "No route to host") || Contains(line, "is unreachable") =>
                ConnectionErrors.Unreachable(node, Reason(line)),
            { } line when Contains(line, "Permission denied") || Contains(line, "Too many authentication failures") =>
                ConnectionErrors.PermissionDenied(node, Reason(line)),
            { } line => ConnectionErrors.Failed(node, Reason(line)),
            null => ConnectionErrors.Failed(node, "ssh ended without a reason"),
        };
    }

    /// <summary>
    /// What can be believed about host keys. The ssh of a jump host may say as much as the node's, whose handshake begins when that of the
    /// jump host is over.
    /// </summary>
    private static string AboutKeys(SshConfiguration configuration, string errorOutput)
    {
        var begins = configuration.Proxy.Length == 0
            ? errorOutput.IndexOf(AuthenticationBegins, StringComparison.Ordinal)
            : errorOutput.LastIndexOf(AuthenticationBegins, StringComparison.Ordinal);
        var isJumpHosts = configuration.Proxy.Length > 0 && errorOutput.LastIndexOf(HandshakeBegins, StringComparison.Ordinal) > begins;
        return begins < 0 || isJumpHosts ? errorOutput : errorOutput[..begins];
    }

    /// <summary>The server on the way that a message is about; empty if it is about the node, whose key ssh always calls by its name.</summary>
    private static string Server(SshConfiguration configuration, Regex pattern, string errorOutput)
    {
        var name = Last(pattern, errorOutput);
        return configuration.IsNode(name) ? "" : name.Length > 0 ? name : configuration.Proxy;
    }

    private static string LastWords(string said) => Lines(said) is [.., var line] ? $" and the words: {line.TrimEnd('.')}" : "";

    /// <summary>
    /// The line that names the cause: one of those that are known, the last of them, as ssh may try several addresses; else ssh's last word.
    /// </summary>
    private static string? Cause(string errorOutput)
    {
        var lines = Lines(errorOutput);
        return lines.FindLast(line => Known().IsMatch(line)) ?? lines.LastOrDefault();
    }

    private static List<string> Lines(string errorOutput) =>
        [.. errorOutput.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !Detail().IsMatch(line))];

    private static bool Contains(string line, string text) => line.Contains(text, StringComparison.Ordinal);

    /// <summary>What ssh says, without its name and its full stop, as more follows.</summary>
    private static string Reason(string line) => (line.StartsWith("ssh: ", StringComparison.Ordinal) ? line[5..] : line).TrimEnd('.');

    private static string Last(Regex pattern, string text) => pattern.Matches(text) is [.., var match] ? match.Groups[1].Value.Trim() : "";

    [GeneratedRegex(@"^@ +WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!", RegexOptions.Multiline)]
    private static partial Regex ChangedKey();

    [GeneratedRegex(@"^@ +WARNING: REVOKED HOST KEY DETECTED!", RegexOptions.Multiline)]
    private static partial Regex RevokedKey();

    [GeneratedRegex("^Host key verification failed", RegexOptions.Multiline)]
    private static partial Regex UntrustedKey();

    [GeneratedRegex("^ssh: (connect to host|Could not resolve hostname) ")]
    private static partial Regex ByItself();

    [GeneratedRegex(@"^Host key for (\S+) has changed and you have requested strict checking", RegexOptions.Multiline)]
    private static partial Regex ChangedName();

    [GeneratedRegex(@"^No \S+ host key is known for (\S+) and you have requested strict checking", RegexOptions.Multiline)]
    private static partial Regex UnknownName();

    [GeneratedRegex(@"debug1: Exit status (\d+)")]
    private static partial Regex ExitStatus();

    [GeneratedRegex("debug1: [^\n]*\n")]
    private static partial Regex Interjection();

    /// <summary>What ssh says while all is well.</summary>
    [GeneratedRegex("^(debug1: |OpenSSH_|Authenticated to |Transferred: |Bytes per second: )")]
    private static partial Regex Detail();

    [GeneratedRegex(@"^Offending \S+ key in (.+:\d+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Offending();

    [GeneratedRegex(@"^The fingerprint for the \S+ key sent by the remote host is\s+(SHA256:[A-Za-z0-9+/]+)", RegexOptions.Multiline)]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"^debug1: Server host key: \S+ (SHA256:[A-Za-z0-9+/]+)", RegexOptions.Multiline)]
    private static partial Regex ServerKey();

    [GeneratedRegex("kex_exchange_identification|Connection (closed|reset) by|banner exchange: Connection")]
    private static partial Regex HungUp();

    [GeneratedRegex("Could not resolve hostname|Connection refused|timed out|No route to host|is unreachable|Permission denied|Too many authentication failures|open failed: |Bad configuration option|Bad owner or permissions")]
    private static partial Regex Known();
}
