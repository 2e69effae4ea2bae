using System.Buffers;
using System.Globalization;

namespace KubePrep.Facts;

/// <summary>
/// What a clock follows (RFC 5905, section 7.3): the IPv4 address of its server, a hash of the IPv6 address, or at stratum 1 the name of
/// a reference clock. As text it is eight hexadecimal digits, and empty if it is not known.
/// </summary>
/// <remarks>
/// All the ways to say that a clock follows nothing but itself become <see cref="TimeDaemonState.LocalReference"/>: chronyd says
/// 127.127.1.1, ntpd 127.127.1 and the number of its local clock, or 127.0.0.1 as the parent of orphans, and others, such as Windows, LOCL
/// at stratum 1.
/// </remarks>
internal static class NtpReference
{
    private const uint LocalClock = 0x7F7F0100; // 127.127.1.x
    private const uint LocalName = 0x4C4F434C; // LOCL
    private const uint Loopback = 0x7F000001;
    private const int AddressStratum = 2; // the least at which a server is followed, and not a reference clock

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>What a node follows, of one to eight hexadecimal digits; empty if they are something else, or zero.</summary>
    /// <param name="digits">The digits.</param>
    /// <param name="stratum">The node's stratum, by which names and addresses differ; 0 if it is not known.</param>
    public static string OfDigits(string digits, int stratum) => Of(Id(digits), stratum);

    /// <summary>The same for what a server follows: 127.0.0.1 is taken for its own clock, and not for another daemon on it.</summary>
    public static string OfServer(string digits, int stratum) =>
        Id(digits) is not Loopback and var id ? Of(id, stratum) : TimeDaemonState.LocalReference;

    /// <summary>The reference that ntpq writes as an address or as a name, with dots around it or not; empty if it is neither.</summary>
    public static string OfText(string text)
    {
        if (text == "127.0.0.1" || text.StartsWith("LOCAL(", StringComparison.Ordinal))
        {
            return TimeDaemonState.LocalReference;
        }

        if (OfAddress(text) is { Length: > 0 } address)
        {
            return address;
        }

        var name = text.Trim('.');
        return name.Length is 0 or > 4 || !name.All(c => c is > ' ' and <= '~') ? ""
            : Of(name.PadRight(4, '\0').Aggregate(0u, (id, c) => (id << 8) | c), 1);
    }

    /// <summary>The reference of a clock that follows a server; empty if the server is not an IPv4 address.</summary>
    public static string OfAddress(string address)
    {
        var id = 0u;
        var parts = address.Split('.');
        foreach (var part in parts)
        {
            if (part.Length > 3 || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return "";
            }

            id = (id << 8) | value;
        }

        return parts.Length == 4 ? Of(id, AddressStratum) : "";
    }

    /// <summary>The number of up to eight hexadecimal digits; 0 if they are something else.</summary>
    private static uint Id(string digits) =>
        digits.Length is 0 or > 8 || digits.AsSpan().ContainsAnyExcept(HexDigits) ? 0
        : uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Of(uint id, int stratum) =>
        id == 0 ? ""
        : (id & ~0xFFu) == LocalClock || (id == LocalName && stratum <= 1) ? TimeDaemonState.LocalReference
        : id.ToString("X8", CultureInfo.InvariantCulture);
}
