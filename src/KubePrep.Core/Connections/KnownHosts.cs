using System.Buffers;
using KubePrep.Inventory;

namespace KubePrep.Connections;

/// <summary>The hosts that a known_hosts file names in the clear (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").</summary>
internal static class KnownHosts
{
    /// <summary>A marker, the names, the type of the key, and the key with all that follows.</summary>
    private const int MeaningfulFields = 4;

    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Patterns, hashes, and bytes that are no text.</summary>
    private static readonly SearchValues<char> NoPartsOfNames = SearchValues.Create("*?!|@\ufffd");

    /// <summary>The addresses, as a node is written, line by line; a host whose keys have several lines comes as often.</summary>
    /// <param name="lines">The file's lines.</param>
    public static IEnumerable<string> Addresses(IEnumerable<string> lines) => lines.SelectMany(Names).Select(AddressOf).OfType<string>();

    private static string[] Names(string line) => line.Split(Blanks, MeaningfulFields, StringSplitOptions.RemoveEmptyEntries) switch
    {
        [['#', ..], ..] or ["@revoked", ..] => [],
        ["@cert-authority", var names, _, _, ..] => names.Split(','),
        [['@', ..], ..] => [],
        [var names, _, _, ..] => names.Split(','),
        _ => [],
    };

    /// <summary>The address of a name; null if it is hashed, a pattern, no text, or nothing that can be connected to.</summary>
    private static string? AddressOf(string name)
    {
        if (name.AsSpan().ContainsAny(NoPartsOfNames))
        {
            return null;
        }

        var (_, host, port) = NodeAddress.Split(name);
        return NodeTarget.IsHost(host) && port is null or (>= 1 and <= 65535) ? NodeAddress.Join(null, host, port) : null;
    }
}
