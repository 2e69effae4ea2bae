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
    private const string LoginSucceeded = "debug1: Sending command: ";

    /// <summary>Whether the server hung up before it had even named itself, as a busy one does (sshd_config(5), MaxStartups).</summary>
    public static bool IsBeforeKeyExchange(string errorOutput) =>
        !errorOutput.Contains("debug1: SSH2_MSG_KEXINIT sent", StringComparison.Ordinal)
        && HungUp().IsMatch(errorOutput)
        && !errorOutput.Contains("Host key verification failed", StringComparison.Ordinal)
        && !Lines(errorOutput).Any(line => Known().IsMatch(line)); // a jump host may have said why

    /// <summary>What was said after the login: by the node's programs, and by ssh about the connection's end.</summary>
    public static string AfterLogin(string errorOutput) =>
        errorOutput.IndexOf(LoginSucceeded, StringComparison.Ordinal) is >= 0 and var at ? errorOutput[at..] : "";

    /// <summary>The error that stands for what ssh said.</summary>
    public static KubePrepException From(Node node, string errorOutput, TimeSpan timeout)
    {
        var aboutKeys = errorOutput.IndexOf(AuthenticationBegins, StringComparison.Ordinal) is >= 0 and var at ? errorOutput[..at] : errorOutput;
        if (ChangedKey().IsMatch(aboutKeys))
        {
            var place = First(Offending(), aboutKeys);
            var known = KnownHostKey.FingerprintAt(place);
            return ConnectionErrors.HostKeyChanged(node, First(Fingerprint(), aboutKeys), known.Length == 0 ? "another" : known, place);
        }

        if (RevokedKey().IsMatch(aboutKeys))
        {
            return ConnectionErrors.HostKeyChanged(node, First(ServerKey(), aboutKeys), "that key as revoked", "");
        }

        if (UntrustedKey().IsMatch(aboutKeys))
        {
            return ConnectionErrors.HostKeyUnknown(node, First(ServerKey(), aboutKeys));
        }

        if (AfterLogin(errorOutput) is { Length: > 0 } said)
        {
            return First(ExitStatus(), said) is { Length: > 0 } status
                ? ConnectionErrors.UnexpectedReply(node, $"its login shell ended at once, with status {status}")
                : ConnectionErrors.Lost(node);
        }

        return Cause(errorOutput) switch
        {
            { } line when Contains(line, "Could not resolve hostname") || Contains(line, "Name or service not known")
                || Contains(line, "Temporary failure in name resolution") => ConnectionErrors.NameNotFound(node),
            { } line when Contains(line, "Connection refused") => ConnectionErrors.Refused(node),
            { } line when Contains(line, "timed out") => ConnectionErrors.Timeout(node, timeout),
            { } line when Contains(line, "No route to host") || Contains(line, "is unreachable") =>
                ConnectionErrors.Unreachable(node, Reason(line)),
            { } line when Contains(line, "Permission denied") || Contains(line, "Too many authentication failures") =>
                ConnectionErrors.PermissionDenied(node, Reason(line)),
            { } line => ConnectionErrors.Failed(node, Reason(line)),
            null => ConnectionErrors.Failed(node, "ssh ended without a reason"),
        };
    }

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

    private static string Reason(string line) => line.StartsWith("ssh: ", StringComparison.Ordinal) ? line[5..] : line;

    private static string First(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : "";

    [GeneratedRegex(@"^@ +WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!", RegexOptions.Multiline)]
    private static partial Regex ChangedKey();

    [GeneratedRegex(@"^@ +WARNING: REVOKED HOST KEY DETECTED!", RegexOptions.Multiline)]
    private static partial Regex RevokedKey();

    [GeneratedRegex("^Host key verification failed", RegexOptions.Multiline)]
    private static partial Regex UntrustedKey();

    [GeneratedRegex(@"^debug1: Exit status (\d+)", RegexOptions.Multiline)]
    private static partial Regex ExitStatus();

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
