using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>Which names NTP servers can be given by: IPv4 and IPv6 addresses, and host names (RFC 1123). They become lines of configuration files.</summary>
internal static class NtpServerName
{
    private const int MaximumLength = 253;

    /// <summary>Why the name cannot be a server's, or null if it can.</summary>
    public static string? Fault(string name) => Fault(name, besides: "");

    /// <summary>
    /// Whether a name that a node's configuration holds is a server's. Resolvers take underscores besides, and a dot at the end of a host's
    /// name.
    /// </summary>
    public static bool IsConfigurable(string name) =>
        Fault(name.EndsWith('.') && !name.Contains(':', StringComparison.Ordinal) ? name[..^1] : name, besides: "_") is null;

    private static string? Fault(string name, string besides) =>
        name.Length == 0 ? "it is empty"
        : PlainText.Fault(name) is { } fault ? fault
        : name.Contains(':', StringComparison.Ordinal) ? ClusterAddress.IsAddress(name) ? null : "it is no IPv6 address"
        : name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.') && !besides.Contains(c))
            ? "it holds something else than letters, digits, hyphens and dots"
        : name.Length > MaximumLength ? $"it is longer than {MaximumLength} characters"
        : HostNameLabels.Fault(name) is { } label ? label
        : name.Split('.')[^1].All(char.IsAsciiDigit) && !ClusterAddress.IsAddress(name) ? "it is no IPv4 address"
        : null;
}
