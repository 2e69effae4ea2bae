using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck.Fluent;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

public sealed class FactsParserTests
{
    private static readonly Node Node = new("n1");
    private static readonly string[] Least = ["architecture x86_64", "kernel 6.1.0", "hostname n1"];

    [Fact]
    public void Reads_what_the_probe_says_of_this_machine_as_other_programs_do()
    {
        using var connection = Local();
        var facts = NodeProbe.Run(new Node("localhost"), connection, new ProbeRequest(["bash", "dpkg", "no-such-package"], [], ["kernel.ostype", "net.ipv4.ip_forward"]), CancellationToken.None);
        Assert.Equal(Tool.Run("uname", "-r").Trim(), facts.Kernel);
        Assert.Equal(Tool.Run("uname", "-m").Trim(), facts.Architecture);
        Assert.Equal(Tool.Run("uname", "-n").Trim(), facts.HostName);
        Assert.Equal(Tool.Run("nproc").Trim(), facts.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(File.ReadAllBytes("/etc/os-release"), facts.Files["/etc/os-release"]!.Content.ToArray());
        Assert.Equal(Tool.Run("dpkg-query", "-W", "-f", "${Version}", "bash"), facts.Packages.Single(package => package.Name == "bash").Version);
        Assert.DoesNotContain(facts.Packages, package => package.Name == "no-such-package");
        Assert.Equal("Linux", facts.Sysctls["kernel.ostype"]);
        Assert.Equal(File.ReadAllText("/proc/sys/net/ipv4/ip_forward").Trim(), facts.Sysctls["net.ipv4.ip_forward"]);
        Assert.Equal(Environment.IsPrivilegedProcess, facts.IsRoot);
        if (File.Exists("/proc/modules"))
        {
            Assert.Equal(File.ReadLines("/proc/modules").Select(line => line.Split(' ')[0]).Order(), facts.LoadedModules.Order());
        }
    }

    [Fact]
    public void Reads_every_part_of_a_reply()
    {
        var facts = Parse(
            [
                .. Least, "boot-id b", "machine-id m", "processors 4", "container none", "virtualization kvm", "init systemd", "journal persistent", "memory 2048",
                "memory-available 1024", @"swap 100 50 file /sw\040\303\244\134p".Replace(@"\303\244", "\u00c3\u00a4", StringComparison.Ordinal), "cgroup 2",
                "cgroup-controllers cpu memory", "interface lo 00:00:00:00:00:00", "interface eth0 02:00:00:00:00:01", "@addresses",
                "2: eth0    inet 192.0.2.7/24 brd 192.0.2.255 scope global eth0", "2: eth0    inet6 2001:db8::7/64 scope global", "@routes",
                "192.0.2.1 via 10.0.0.1 dev eth0 src 192.0.2.7 uid 0 \\    cache", "@end", "@modules", "br_netfilter", "@module-files",
                "/lib/modules/6.1.0/modules.builtin:/ip-vs.ko", "/lib/modules/6.1.0/modules.dep:/overlay.ko", "@end", "@sysctls", "net/ipv4/ip_forward:1",
                "net/ipv4/conf/eth0.5/rp_filter:2", "@end", "sysctl-read-only kernel/x", "@packages", "ii  bash 5.2-1", "un  curl ", "@end", "dpkg interrupted",
                "package-lists 1700000000", "@units", "Id=a.swap", "LoadState=loaded", "What=/dev/x=y", "", "Id=b.service", "@end", "@files", Archive(("etc/hosts", "x")), "@end",
                "run 20260101T000000-abc",
            ]);
        Assert.Equal(("b", "m", 4, "none", "kvm", true, true), (facts.BootId, facts.MachineId, facts.ProcessorCount, facts.Container, facts.Virtualization, facts.HasSystemd, facts.HasPersistentJournal));
        Assert.Equal((2097152L, 1048576L, 2), (facts.MemoryBytes, facts.AvailableMemoryBytes, facts.CgroupVersion));
        Assert.Equal([new SwapDevice(@"/sw ä\p", 102400, 51200)], facts.Swaps);
        Assert.Equal(("eth0", "02:00:00:00:00:01"), (facts.Interfaces.Single().Name, facts.Interfaces.Single().MacAddress));
        Assert.Equal(["192.0.2.7", "2001:db8::7"], facts.Interfaces.Single().Addresses);
        Assert.Equal(["192.0.2.7"], facts.DefaultAddresses);
        Assert.Equal("br_netfilter ip_vs overlay", $"{facts.LoadedModules.Single()} {facts.BuiltInModules.Single()} {facts.LoadableModules.Single()}");
        Assert.Equal(("1", "2"), (facts.Sysctls["net.ipv4.ip_forward"], facts.Sysctls["net.ipv4.conf.eth0/5.rp_filter"]));
        Assert.Contains("kernel.x", facts.ReadOnlySysctls);
        Assert.Equal(["a.swap", "b.service"], facts.Units.Select(unit => unit.Name));
        Assert.Equal("/dev/x=y", facts.Units[0].What);
        Assert.True(facts.IsDpkgInterrupted);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), facts.PackageListsTime);
        Assert.Equal("x"u8.ToArray(), facts.Files["/etc/hosts"]!.Content.ToArray());
        Assert.Equal("20260101T000000-abc", facts.RunInProgress);
    }

    [Fact]
    public void Only_ever_calls_a_damaged_reply_invalid()
    {
        string[] good = [.. Reply()];
        Property.Holds(
            from edits in (from kind in Gen.Choose(0, 5) from at in Gen.Choose(0, good.Length - 1) from other in Gen.Choose(0, good.Length - 1) from random in Gen.Choose(0, 255) select (kind, at, other, random)).ListOf(6)
            select edits,
            edits =>
            {
                var lines = good.ToList();
                foreach (var (kind, at, other, random) in edits.Where(_ => lines.Count > 0))
                {
                    Edit(lines, kind, at % lines.Count, other % lines.Count, (char)random);
                }

                var error = Record.Exception(() => Parse(lines));
                Assert.True(error is null or InvalidDataException, $"{error}\n{string.Join('\n', lines)}");
            },
            cases: 400);
    }

    [Fact]
    public void Only_ever_calls_a_damaged_archive_invalid()
    {
        var tar = Tar(("etc/hosts", "127.0.0.1 localhost\n"), ("etc/fstab", new string('x', 2000)), (new string('n', 180), "y"));
        Property.Holds(
            from edits in (from at in Gen.Frequency((3, Gen.Choose(0, 1023)), (1, Gen.Choose(0, tar.Length - 1))) from value in Gen.Elements(0, 7, 32, 48, 55, 76, 103, 120, 128, 255) select (at, value)).ListOf(3)
            from length in Gen.Frequency((3, Gen.Constant(tar.Length)), (1, Gen.Choose(0, tar.Length)))
            select (edits, length),
            given =>
            {
                var damaged = tar[..given.length];
                foreach (var (at, value) in given.edits.Where(edit => edit.at < damaged.Length))
                {
                    damaged[at] = (byte)value;
                }

                Checksum(damaged);
                var error = Record.Exception(() => Parse([.. Least, "@files", Compressed(damaged), "@end"]));
                Assert.True(error is null or InvalidDataException, $"{error}");
            },
            cases: 400);
    }

    [Theory]
    [InlineData("package-lists 99999999999999999")]
    [InlineData("package-lists -1")]
    [InlineData("processors 99999999999999999999")]
    [InlineData("memory 9223372036854775807")]
    [InlineData("swap 1 2 3 /x")]
    [InlineData("swap x y z /x")]
    [InlineData("interface ")]
    [InlineData("cgroup x")]
    public void Reads_absurd_figures_as_unknown(string line) => Assert.Equal("n1", Parse([.. Least, line, "@files", Archive(), "@end"]).HostName);

    [Fact]
    public void Does_not_let_a_small_reply_become_a_large_one()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 80; i++)
            {
                gzip.Write(zeros);
            }
        }

        Assert.Throws<InvalidDataException>(() => Parse([.. Least, "@files", Convert.ToBase64String(bomb.ToArray()), "@end"]));

        // a header that promises two gigabytes of a name
        var tar = Tar((new string('n', 180), "y"));
        Encoding.ASCII.GetBytes("17777777777\0").CopyTo(tar, 124);
        Checksum(tar);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Parse([.. Least, "@files", Compressed(tar), "@end"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Theory]
    [InlineData("hostname")]
    [InlineData("kernel")]
    public void Calls_a_reply_without_the_least_invalid(string missing) =>
        Assert.Throws<InvalidDataException>(() => Parse([.. Least.Where(line => !line.StartsWith(missing, StringComparison.Ordinal)), "@files", Archive(), "@end"]));

    private static NodeFacts Parse(IEnumerable<string> lines) => FactsParser.Parse(Node, lines);

    private static IReadOnlyList<string> Reply()
    {
        using var connection = Local();
        return connection.Send(new ProbeRequest(["bash"], ["overlay"], ["kernel.ostype"]).ToScript(), TimeSpan.FromMinutes(1), CancellationToken.None).Lines;
    }

    private static NodeConnection Local() => new NodeConnector(new ConnectionOptions()).Open(new Node("localhost"), RootNeed.Preferred, CancellationToken.None);

    private static void Edit(List<string> lines, int kind, int at, int other, char random)
    {
        switch (kind)
        {
            case 0:
                lines.RemoveRange(at, lines.Count - at);
                break;
            case 1:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 2:
                lines.RemoveAt(at);
                break;
            case 3:
                lines.Insert(at, lines[other]);
                break;
            case 4:
                lines[at] = lines[at].Length == 0 ? $"{random}" : string.Concat(lines[at].AsSpan(0, other % lines[at].Length), $"{random}");
                break;
            default:
                lines.Insert(at, new string(random, 10_000));
                break;
        }
    }

    private static string Archive(params IEnumerable<(string Name, string Content)> files) => Compressed(Tar(files));

    private static byte[] Tar(params IEnumerable<(string Name, string Content)> files)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.ASCII.GetBytes(content)) });
            }
        }

        return archive.ToArray();
    }

    /// <summary>Makes the first header's checksum right again, so that what else is wrong with it is seen.</summary>
    private static void Checksum(byte[] tar)
    {
        if (tar.Length >= 512)
        {
            "        "u8.CopyTo(tar.AsSpan(148, 8));
            var sum = tar.AsSpan(0, 512).ToArray().Sum(value => value);
            Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(tar, 148);
        }
    }

    private static string Compressed(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return Convert.ToBase64String(compressed.ToArray());
    }
}
