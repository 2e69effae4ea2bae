using System.Globalization;

namespace KubePrep.Inventory;

/// <summary>The parts of <c>user@host:port</c>.</summary>
internal static class NodeAddress
{
    /// <summary>
    /// The user, the host without brackets, and the port. What cannot be split is left in the host, whose check refuses it.
    /// </summary>
    public static (string? User, string Host, int? Port) Split(string address)
    {
        var at = address.LastIndexOf('@');
        var user = at < 0 ? null : address[..at];
        var rest = address[(at + 1)..];
        if (rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
        {
            var tail = rest[(end + 1)..];
            return tail.Length == 0 ? (user, rest[1..end], null)
                : tail[0] == ':' && PortOf(tail[1..]) is { } port ? (user, rest[1..end], port)
                : (user, rest, null);
        }

        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var hasOneColon = colon >= 0 && colon == rest.LastIndexOf(':');
        return hasOneColon && PortOf(rest[(colon + 1)..]) is { } number ? (user, rest[..colon], number) : (user, rest, null);
    }

    /// <summary>The parts as one text again.</summary>
    public static string Join(string? user, string host, int? port)
    {
        var name = port is not null && host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return string.Create(CultureInfo.InvariantCulture, $"{(string.IsNullOrEmpty(user) ? "" : $"{user}@")}{name}{(port is null ? "" : $":{port}")}");
    }

    private static int? PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
