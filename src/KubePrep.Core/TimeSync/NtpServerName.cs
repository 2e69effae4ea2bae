using System.Net;
using System.Net.Sockets;

namespace KubePrep.TimeSync;

/// <summary>Which names NTP servers can be given by: IPv4 and IPv6 addresses, and host names (RFC 1123). They become lines of configuration files.</summary>
internal static class NtpServerName
{
    private const int MaximumLength = 253;
    private const int MaximumLabelLength = 63;

    /// <summary>Why the name cannot be a server's, or null if it can.</summary>
    public static string? Fault(string name) =>
        name.Length == 0 ? "it is empty"
        : PlainText.Fault(name) is { } fault ? fault
        : name.Contains(':', StringComparison.Ordinal) ? IsAddress(name, AddressFamily.InterNetworkV6) ? null : "it is no IPv6 address"
        : name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')) ? "it holds something else than letters, digits, hyphens and dots"
        : name.Length > MaximumLength ? $"it is longer than {MaximumLength} characters"
        : name.Split('.').Select(LabelFault).FirstOrDefault(why => why is not null) is { } label ? label
        : name.Split('.')[^1].All(char.IsAsciiDigit) && !IsAddress(name, AddressFamily.InterNetwork) ? "it is no IPv4 address"
        : null;

    /// <summary>Whether it is an address in its plain form: no zone, no brackets, and four numbers of IPv4.</summary>
    private static bool IsAddress(string text, AddressFamily family) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == family
        && (family == AddressFamily.InterNetwork ? address.ToString() == text : text.AsSpan().IndexOfAny("%[]") < 0);

    private static string? LabelFault(string label) =>
        label.Length == 0 ? "a dot is at its beginning or end, or beside another"
        : label.Length > MaximumLabelLength ? $"a part of it is longer than {MaximumLabelLength} characters"
        : label[0] == '-' || label[^1] == '-' ? "a part of it begins or ends with a hyphen"
        : null;
}
