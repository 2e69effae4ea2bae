using System.Net;
using System.Text;
using FsCheck.Fluent;
using KubePrep.Facts;
using KubePrep.HostsFile;
using static KubePrep.Core.Tests.HostsFileGenerators;

namespace KubePrep.Core.Tests;

/// <summary>glibc reads no hosts file but /etc/hosts, over which files are mounted here, for nobody else to see.</summary>
public sealed class HostsFileComparisonTests : IDisposable
{
    private const string Script = """
        export LC_ALL=C
        mount --bind "$1/hosts" /etc/hosts || exit
        getent -s hosts:files hosts
        for name in node-1 gpu-node-1 node-10 node-1.example.org n localhost x_y other-node; do
            echo "name $name"
            getent -A -s hosts:files ahosts "$name"
        done
        true
        """;

    private readonly TemporaryDirectory _directory = new();

    public HostsFileComparisonTests()
    {
        Tool.Require("unshare", "mount", "getent");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount a file over /etc/hosts");
        File.WriteAllText(_directory["hosts"], "");
        Assert.SkipUnless(
            Tool.Try("unshare", "", "--mount", "mount", "--bind", _directory["hosts"], "/etc/hosts").ExitCode == 0, "mounting is not allowed here");
        Assert.SkipUnless(Tool.Run("getent", "--help").Contains("--no-addrconfig", StringComparison.Ordinal), "getent leaves out addresses here");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Rows_are_read_as_glibc_reads_them() => Property.Holds(
        FileWithBlocks.Where(IsReadRight), content => Compare(HostsDocument.Parse(content)), cases: 150);

    [Fact]
    public void Bytes_are_read_as_glibc_reads_them() => Property.Holds(
        FileWithoutBlock.Select(content => (byte[])[.. content, .. "\n10.0.0.1 node-1"u8]).Where(IsReadRight),
        content => Compare(HostsDocument.Parse(content)),
        cases: 50);

    [Fact]
    public void A_map_means_to_glibc_what_it_says()
    {
        var map = HostsMap.Of(
        [
            .. ((string[])["10.0.0.1", "10.0.0.2", "2001:db8::1", "::10.0.0.4", "fd00::1:0:0:1"])
                .Select(text => new HostsEntry(IPAddress.Parse(text), ["node-1", "n"])),
            new HostsEntry(IPAddress.Parse("::ffff:10.0.0.3"), ["gpu-node-1"]),
        ]);
        var document = HostsDocument.Parse(Bytes("127.0.0.1 localhost\r\n# no end")).WithBlock(map.Block);
        Assert.Equal([.. map.Entries.Select(entry => entry.ToString())], document.BlockEntries.Select(entry => entry.ToString()));
        Compare(document);
    }

    /// <summary>
    /// Whether no row is one that glibc reads wrong: with blanks before it, and a NUL in it or no line feed at its end. It moves such a
    /// row to the front without its end, and finds the last letters there twice, as names that nobody wrote.
    /// </summary>
    private static bool IsReadRight(byte[] content)
    {
        var lines = Text(content).Split('\n');
        return !lines
            .Where((line, i) => line is [' ' or '\t' or '\v' or '\f' or '\r', ..] && (i == lines.Length - 1 || line.Contains('\0')))
            .Any();
    }

    private void Compare(HostsDocument document)
    {
        File.WriteAllBytes(_directory["hosts"], document.ToBytes());
        var output = Tool.Run("unshare", "--mount", "sh", "-c", Script, "judge", _directory.Path).Split("name ");
        Assert.True(output.Length > 1);

        // a row without a name has an empty one here, by which nobody can ask
        Assert.Equal(
            document.Entries.Select(IPv4Row).Where(row => row.Length > 0),
            output[0].Split('\n').Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                .Where(row => row.Contains(' ')));

        foreach (var answer in output[1..].Select(text => text.Split('\n')))
        {
            HashSet<IPAddress> expected =
            [
                .. answer[1..].Where(line => line.Contains(" STREAM", StringComparison.Ordinal))
                    .Select(line => HostsAddress.Normalize(IPAddress.Parse(line.Split(' ')[0]))),
            ];
            HashSet<IPAddress> read =
            [
                .. document.Entries.Where(entry => entry.Names.Contains(answer[0], StringComparer.OrdinalIgnoreCase))
                    .Select(entry => HostsAddress.Normalize(entry.Address)),
            ];
            Assert.Equal(expected, read);
        }
    }

    /// <summary>A row as glibc lists it, in IPv4 if it can; empty if it leaves it out.</summary>
    private static string IPv4Row(HostsEntry entry)
    {
        var address = entry.Address.Equals(IPAddress.IPv6Loopback) ? IPAddress.Loopback : HostsAddress.Normalize(entry.Address);
        var isIPv4 = address.GetAddressBytes().Length == 4;
        return isIPv4 ? $"{address} {Encoding.UTF8.GetString(Bytes(string.Join(' ', entry.Names)))}" : "";
    }
}
