using System.Net;
using System.Runtime.InteropServices;
using FsCheck.Fluent;
using KubePrep.Facts;

namespace KubePrep.Core.Tests;

public sealed class HostsAddressTests
{
    private const int IPv4Family = 2;
    private const int IPv6Family = 10;

    private static readonly string[] Parts =
    [
        "0", "1", "00", "ff", "FFFF", "10", "255", "256", "0a", "12345", "g", ":", ":", "::", ":", ".", ".", "1.2.3.4", "%lo", " ", "/", "[",
        "]", "x", "-",
    ];

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("1:2:3:4:5:6:7::")]
    [InlineData("::2:3:4:5:6:7:8")]
    [InlineData("::ffff:1.2.3.4")]
    [InlineData("1:2:3:4:5:6:1.2.3.4")]
    [InlineData("ABCD:EF01:2345:6789:abcd:ef01:2345:6789")]
    public void Reads_addresses(string text) => Assert.Equal(IPAddress.Parse(text), HostsAddress.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("1.2.3.4.")]
    [InlineData("1.2.3.4\0")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4.5")]
    [InlineData("fe80::1%1")]
    [InlineData("[::1]")]
    [InlineData("::1/128")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("00001::")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("::1.2.3")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    public void Reads_nothing_else(string text) => Assert.Null(HostsAddress.Parse(text));

    [Fact]
    public void Reads_what_glibc_reads() => Property.Holds(
        Gen.OneOf(
            from count in Gen.Choose(1, 12)
            from parts in Gen.Elements(Parts).ListOf(count)
            select string.Concat(parts),
            from groups in Gen.Elements("0", "1", "ab", "FFFF", "0000").ListOf(8)
            from gap in Gen.Choose(-1, 8)
            from length in Gen.Choose(0, 4)
            from tail in Gen.Elements("", "", ":1.2.3.4", ":1.2.3.04", ":")
            let kept = groups.Select((text, i) => i >= gap && i < gap + length && gap >= 0 ? "" : text)
            select string.Join(':', kept) + tail,
            from numbers in Gen.Elements("0", "1", "01", "9", "99", "255", "256", "300", "", "1000").ListOf(4)
            select string.Join('.', numbers)),
        text => Assert.True(
            Equals(ByLibrary(text), HostsAddress.Parse(text)),
            $"'{text}' is {ByLibrary(text)} to glibc, and {HostsAddress.Parse(text)} to us"),
        cases: 30_000);

    [Fact]
    public void Orders_by_number_and_IPv4_first()
    {
        string[] sorted =
        [
            "0.0.0.0", "2.0.0.0", "9.255.0.1", "10.0.0.9", "10.0.0.10", "100.0.0.1", "200.0.0.1", "::1", "2001:db8::a", "2001:db8::10", "fd00::1",
        ];
        Assert.Equal(sorted, sorted.Reverse().Select(IPAddress.Parse).OrderBy(HostsAddress.SortKey).Select(address => address.ToString()));
    }

    private static IPAddress? ByLibrary(string text)
    {
        var bytes = new byte[16];
        return Read(IPv4Family, text, bytes) == 1 ? new IPAddress(bytes[..4]) : Read(IPv6Family, text, bytes) == 1 ? new IPAddress(bytes) : null;
    }

    [DllImport("libc", EntryPoint = "inet_pton", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int family, string text, byte[] address);
}
