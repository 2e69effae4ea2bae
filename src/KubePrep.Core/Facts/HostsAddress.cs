using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KubePrep.Facts;

/// <summary>
/// Addresses as a hosts file has them. They are read as glibc reads them there (inet_pton(3)), and not as .NET does, to which
/// <c>10.1</c>, <c>012.0.0.1</c> and <c>fe80::1%eth0</c> are addresses too: glibc takes no notice of such a row.
/// </summary>
internal static class HostsAddress
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>The address that a text is, or null if it is none.</summary>
    public static IPAddress? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[IPv6Length];
        return ReadIPv4(text, bytes) ? new IPAddress(bytes[..IPv4Length])
            : ReadIPv6(text, bytes) ? new IPAddress(bytes)
            : null;
    }

    /// <summary>The one form in which addresses are compared: IPv4 where IPv6 only wraps it, and without a scope.</summary>
    public static IPAddress Normalize(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
        : address;

    /// <summary>What to order addresses by: by their numbers, and IPv4 before IPv6.</summary>
    public static (bool IsIPv6, UInt128 Number) SortKey(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[IPv6Length];
        bytes.Clear();
        return address.TryWriteBytes(bytes, out var length) && length == IPv4Length
            ? (false, BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : (true, BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>Why other nodes cannot find a node by the address, or null if they can.</summary>
    /// <param name="address">A normalized address.</param>
    public static string? Fault(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "it is the unspecified address"
        : IPAddress.IsLoopback(address) ? "it is a loopback address, which stands for the machine itself"
        : address.IsIPv6LinkLocal || address.GetAddressBytes() is [169, 254, _, _] ? "it is a link-local address"
        : address.IsIPv6Multicast || address.GetAddressBytes() is [>= 224 and <= 239, _, _, _] ? "it is a multicast address"
        : address.Equals(IPAddress.Broadcast) ? "it is the broadcast address"
        : null;

    /// <summary>Reads four decimal numbers without leading zeros.</summary>
    private static bool ReadIPv4(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            var number = text[part];
            if (count == IPv4Length || number is ['0', _, ..] || number.ContainsAnyExceptInRange('0', '9')
                || !byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[count]))
            {
                return false;
            }

            count++;
        }

        return count == IPv4Length;
    }

    /// <summary>Reads eight groups, of which <c>::</c> stands for at least one.</summary>
    private static bool ReadIPv6(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            return ReadGroups(text, isEnd: true, bytes) == IPv6Length;
        }

        Span<byte> end = stackalloc byte[IPv6Length];
        var (length, endLength) = (ReadGroups(text[..gap], isEnd: false, bytes), ReadGroups(text[(gap + 2)..], isEnd: true, end));
        if (length < 0 || endLength < 0 || length + endLength >= IPv6Length)
        {
            return false;
        }

        bytes[length..].Clear();
        end[..endLength].CopyTo(bytes[^endLength..]);
        return true;
    }

    /// <summary>Reads groups of up to four hexadecimal digits; an address' last two may be written as IPv4.</summary>
    /// <returns>How many bytes they are, or -1 if there is anything else.</returns>
    private static int ReadGroups(ReadOnlySpan<char> text, bool isEnd, Span<byte> bytes)
    {
        var length = 0;
        if (text.IsEmpty)
        {
            return length;
        }

        foreach (var part in text.Split(':'))
        {
            var group = text[part];
            if (isEnd && part.End.Value == text.Length && length + IPv4Length <= IPv6Length && ReadIPv4(group, bytes[length..]))
            {
                return length + IPv4Length;
            }

            if (length == IPv6Length || group.Length is 0 or > 4 || group.ContainsAnyExcept(HexDigits))
            {
                return -1;
            }

            var number = ushort.Parse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[length..], number);
            length += sizeof(ushort);
        }

        return length;
    }
}
