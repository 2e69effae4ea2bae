using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Facts;

namespace KubePrep.Core.Tests;

/// <summary>What we say is set at boot against what systemd-sysctl(8) writes, in a namespace with files in place of the kernel's parameters.</summary>
public sealed class SystemdSysctlComparisonTests : IDisposable
{
    private const string Judge = "/lib/systemd/systemd-sysctl";
    private const int TreeCount = 60;

    private const string Script = """
        set -e
        mount -t tmpfs tmpfs /run
        mount -t tmpfs tmpfs /usr/local/lib
        mkdir /run/sysctl.d /usr/local/lib/sysctl.d
        mount -t tmpfs tmpfs /proc/sys
        for tree in "$1"/*; do
            for key in net/ipv4/ip_forward net/ipv4/conf/all/rp_filter net/ipv4/conf/eth0.1/rp_filter net/ipv4/conf/eth1/rp_filter \
                net/ipv4/conf/eth1/forwarding kernel/panic; do
                mkdir -p "/proc/sys/${key%/*}"
                echo unset >"/proc/sys/$key"
            done
            for directory in etc run usr/local/lib usr/lib; do
                mount --bind "$tree/$directory" "/$directory/sysctl.d"
            done
            /lib/systemd/systemd-sysctl 2>"$tree/log" || :
            cp -r /proc/sys "$tree/out"
            for directory in etc run usr/local/lib usr/lib; do
                umount "/$directory/sysctl.d"
            done
        done
        """;

    private static readonly string[] Keys =
    [
        "net/ipv4/ip_forward", "net/ipv4/conf/all/rp_filter", "net/ipv4/conf/eth0.1/rp_filter", "net/ipv4/conf/eth1/rp_filter",
        "net/ipv4/conf/eth1/forwarding", "kernel/panic",
    ];

    private static readonly string[] Names =
    [
        .. Keys, "/net/ipv4/ip_forward", "net//ipv4/./ip_forward", "net.ipv4.ip_forward", "net.ipv4.conf.all.rp_filter",
        "net.ipv4.conf.eth0/1.rp_filter",
        "net.ipv4.conf.eth1.rp_filter", "net.ipv4.conf.eth1.forwarding", "kernel.panic", "kernel.panic.", ".kernel.panic", "kernel",
        "net.ipv4.conf.*.rp_filter", "net.ipv4.conf.*.*", "net/ipv4/conf/eth*/rp_filter", "net.ipv4.conf.eth?.rp_filter",
        "net.ipv4.conf.[ae]*.rp_filter",
        "net.ipv4.conf.[!a]*.rp_filter", "net.ipv4.conf.[^x-z]*.*filter", "net.ipv4.conf.eth[0-9].*", "net.ipv4.conf.e[t]h1.rp_filter",
        "net.*", "*.panic",
        "kernel.p*c", "kernel.p\\anic*", "kernel.[p", "net.ipv4.conf.[]a]ll.rp_filter", "?et.ipv4.ip_forward", "*",
    ];

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Trees of one file each, for rules that chance seldom meets.</summary>
    private static readonly string[] SpecialFiles =
    [
        "*.panic=1\nkernel.*=2\n*.panic=1\n",
        "*.panic=1\nkernel.*=2\n*.panic=3\n",
        "*.panic=1\nkernel.*=2\n-*.panic\n",
        "kernel.panic=1\n-kernel.panic\nkernel.*=2\n",
        "-kernel.panic\nkernel.panic=1\nkernel.*=2\n",
        "-kernel.panic\nkernel.*=2\n-kernel.panic=3\n",
        "kernel/panic=1\nkernel.panic=2\n/kernel/panic=1\n",
        "kernel.panic=\n",
    ];

    /// <summary>Files whose lines are about a few names and values, so that they get in each other's way.</summary>
    private static Gen<NodeFileCollection> Tree { get; } =
        from names in Gen.Elements(Names).ListOf(4)
        from values in Gen.Elements("0", "1", "22", "4096\t87380 6291456", "a=b", "-1", "1 # no comment", "\u00e9").ListOf(2)
        from count in Gen.Choose(1, 7)
        from files in File(Line(Gen.Elements<string>(names), Gen.Elements<string>(values))).ListOf(count)
        select new NodeFileCollection(files);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_arbitrary_tree_is_merged_as_systemd_merges_it()
    {
        Tool.Require("unshare", "mount");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount files over the kernel's parameters");
        Assert.SkipUnless(System.IO.File.Exists(Judge), $"there is no {Judge}");
        Assert.SkipUnless(Tool.Try("unshare", "", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /proc/sys").ExitCode == 0,
            "mounting is not allowed here");
        List<NodeFileCollection> trees =
        [
            .. SpecialFiles.Select(content => new NodeFileCollection(SampleNode.File("/etc/sysctl.d/a.conf", content))),
            .. Tree.Sample(TreeCount),
        ];
        for (var i = 0; i < trees.Count; i++)
        {
            Write(PathOf(i), trees[i]);
        }

        Tool.Run("unshare", "--mount", "sh", "-c", Script, "judge", _directory.Path);

        var setCount = 0;
        for (var i = 0; i < trees.Count; i++)
        {
            var configuration = SysctlConfiguration.Read(trees[i]);
            foreach (var key in Keys)
            {
                // the last value that was written is the first line, as files in place of parameters keep the end of a longer one
                var written = System.IO.File.ReadAllText($"{PathOf(i)}/out/{key}", Encoding.UTF8);
                var expected = written.Split('\n')[0] is "unset" ? null : written.Split('\n')[0];
                Assert.True(
                    expected == configuration[key]?.Value,
                    $"{key}: systemd set '{expected ?? "nothing"}', and we say '{configuration[key]?.Value ?? "nothing"}'\n{Text(trees[i])}");
                setCount += expected is null ? 0 : 1;
            }
        }

        Assert.True(setCount > TreeCount / 3, $"only {setCount} parameters were set");
    }

    private static Gen<string> Line(Gen<string> names, Gen<string> values) =>
        from name in names
        from value in values
        from line in Gen.Frequency(
            (12, Gen.Constant($"{name}={value}")),
            (3, Gen.Constant($" \t{name} = {value}\t ")),
            (2, Gen.Constant($"-{name}={value}")),
            (1, Gen.Constant($"- {name} = {value}")),
            (3, Gen.Constant($"-{name}")),
            (1, Gen.Elements(name, $"#{name}={value}", $"  ;{name}={value}", $"# {name}={value} \\", "")))
        select line;

    private static Gen<NodeFile> File(Gen<string> line) =>
        from directory in Gen.Elements("/etc", "/run", "/usr/local/lib", "/usr/lib")
        from name in Gen.Elements("10-a.conf", "50-b.conf", "9.conf", "99-sysctl.conf", "B.conf", "_.conf", ".a.conf", "a.txt")
        from count in Gen.Choose(0, 6)
        from lines in line.ListOf(count)
        from end in Gen.Frequency((6, Gen.Constant("\n")), (2, Gen.Elements("\r\n", "\r", "\0", "\n\r")))
        from isEnded in Gen.Elements(true, true, false)
        select SampleNode.File($"{directory}/sysctl.d/{name}", string.Join(end, lines) + (isEnded ? end : ""));

    private static string Text(NodeFileCollection files) =>
        string.Concat(files.Select(file =>
            $"== {file.Path}\n{Encoding.UTF8.GetString(file.Content.Span).Replace("\r", "\\r", StringComparison.Ordinal)}\n"));

    private static void Write(string tree, NodeFileCollection files)
    {
        foreach (var directory in new[] { "etc", "run", "usr/local/lib", "usr/lib" })
        {
            Directory.CreateDirectory($"{tree}/{directory}");
        }

        foreach (var file in files)
        {
            var path = tree + file.Path.Replace("/sysctl.d/", "/", StringComparison.Ordinal);
            if (file.Content.IsEmpty)
            {
                System.IO.File.CreateSymbolicLink(path, "/dev/null");
            }
            else
            {
                System.IO.File.WriteAllBytes(path, file.Content.ToArray());
            }
        }
    }

    private string PathOf(int index) => _directory[$"{index:D3}"];
}
