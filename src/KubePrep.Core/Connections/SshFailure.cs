using System.Text.RegularExpressions;
using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>Why ssh ended, read from what it said (its messages are not translated).</summary>
internal static partial class SshFailure
{
    /// <summary>Whether the server hung up before it had even named itself, as a busy one does (sshd_config(5), MaxStartups).</summary>
    public static bool IsBeforeKeyExchange(string errorOutput) =>
        !errorOutput.Contains("debug1: SSH2_MSG_KEXINIT sent", StringComparison.Ordinal)
        && HungUp().IsMatch(errorOutput)
        && !errorOutput.Contains("Host key verification failed", StringComparison.Ordinal)
        && !Known().IsMatch(errorOutput); // a jump host has said why

    /// <summary>The error that stands for what ssh said.</summary>
    public static KubePrepException From(Node node, string errorOutput, TimeSpan timeout)
    {
        if (errorOutput.Contains("HOST IDENTIFICATION HAS CHANGED", StringComparison.Ordinal))
        {
            var place = First(Offending(), errorOutput);
            var known = KnownHostKey.FingerprintAt(place);
            return ConnectionErrors.HostKeyChanged(node, First(Fingerprint(), errorOutput), known.Length == 0 ? "another" : known, place);
        }

        if (errorOutput.Contains("REVOKED HOST KEY DETECTED", StringComparison.Ordinal))
        {
            return ConnectionErrors.HostKeyChanged(node, First(ServerKey(), errorOutput), "that key as revoked", "");
        }

        if (errorOutput.Contains("Host key verification failed", StringComparison.Ordinal))
        {
            return ConnectionErrors.HostKeyUnknown(node, First(ServerKey(), errorOutput));
        }

        return Cause(errorOutput) switch
        {
            { } line when Contains(line, "Could not resolve hostname") => ConnectionErrors.NameNotFound(node),
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
        var lines = errorOutput.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("debug1:", StringComparison.Ordinal) && !line.StartsWith("OpenSSH_", StringComparison.Ordinal))
            .ToList();
        return lines.FindLast(line => Known().IsMatch(line)) ?? lines.LastOrDefault();
    }

    private static bool Contains(string line, string text) => line.Contains(text, StringComparison.Ordinal);

    private static string Reason(string line) => line.StartsWith("ssh: ", StringComparison.Ordinal) ? line[5..] : line;

    private static string First(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups[1].Value.Trim() : "";

    [GeneratedRegex(@"Offending \S+ key in (.+:\d+)")]
    private static partial Regex Offending();

    [GeneratedRegex(@"key sent by the remote host is\s+(SHA256:[A-Za-z0-9+/]+)")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"debug1: Server host key: \S+ (SHA256:[A-Za-z0-9+/]+)")]
    private static partial Regex ServerKey();

    [GeneratedRegex("kex_exchange_identification|Connection (closed|reset) by|banner exchange: Connection")]
    private static partial Regex HungUp();

    [GeneratedRegex("Could not resolve hostname|Connection refused|timed out|No route to host|is unreachable|Permission denied|Too many authentication failures|Bad configuration option|Bad owner or permissions")]
    private static partial Regex Known();
}
