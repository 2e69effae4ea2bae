using FsCheck;
using FsCheck.Fluent;
using KubePrep.Facts;

namespace KubePrep.Core.Tests;

public sealed class SystemdConfigurationTests : IDisposable
{
    private static readonly string[] Directories = ["/etc", "/run", "/usr/local/lib", "/usr/lib"];
    private static readonly string[] Keys = ["Storage", "SystemMaxUse", "ForwardToWall"];
    private readonly TemporaryDirectory _directory = new();

    private static Gen<NodeFile> File { get; } =
        from directory in Gen.Elements(Directories)
        from name in Gen.Elements("journald.conf.d/10-a.conf", "journald.conf.d/50-b.conf", "journald.conf.d/95-kubeprep.conf",
            "journald.conf.d/_.conf", "journald.conf.d/x")
        from path in Gen.Frequency((4, Gen.Constant($"{directory}/systemd/{name}")), (1, Gen.Constant("/etc/systemd/journald.conf")))
        from count in Gen.Choose(0, 3)
        from settings in Gen.Elements("Storage=persistent", "Storage=volatile", "SystemMaxUse=1G", "SystemMaxUse=2G", "#SystemMaxUse=3G",
            "ForwardToWall=no").ListOf(count)
        select SampleNode.File(path, count == 0 ? "" : $"[Journal]\n{string.Join('\n', settings)}\n");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("[Journal]\nStorage=persistent")]
    [InlineData("  [Journal]\t\r\n \tStorage =\tpersistent \r\n")]
    [InlineData("\ufeff[Journal]\nStorage=persistent")]
    [InlineData("[Other]\nStorage=none\n[Journal]\nStorage=none\nStorage=persistent\n[Other]\nStorage=none")]
    [InlineData("[Journal]\nStorage=\\\n# a comment\n  persistent")]
    [InlineData("[Journal]\nSplitMode=a\\\\\nStorage=persistent")]
    [InlineData("[Journal]\n# comment \\\nStorage=persistent")]
    [InlineData("[Journal]\nStorage=persistent\n[Journal\nStorage=none")]
    [InlineData("[Journal]\nStorage=persistent\\")]
    [InlineData("[Journal]\nStorage=persistent\nStorage")]
    public void Reads(string content) => Assert.Equal("persistent", Read(("/etc/systemd/journald.conf", content))["Storage"]?.Value);

    [Theory]
    [InlineData("Storage=persistent")]
    [InlineData("[journal]\nStorage=persistent")]
    [InlineData("[Journal]\n#Storage=persistent\n;Storage=persistent\nstorage=persistent\nStorage")]
    [InlineData("[Journal]\nSplitMode=a\\\nStorage=persistent")]
    [InlineData("[Journal\nStorage=persistent\n[Journal]\nStorage=persistent")]
    public void Reads_nothing_else(string content) => Assert.Null(Read(("/etc/systemd/journald.conf", content))["Storage"]);

    [Fact]
    public void Drop_ins_come_after_the_main_file_in_the_order_of_their_names()
    {
        var read = Read(
            ("/etc/systemd/journald.conf", "[Journal]\nStorage=a\nSystemMaxUse=1"),
            ("/usr/lib/systemd/journald.conf", "[Journal]\nSystemMaxFileSize=1"),
            ("/usr/lib/systemd/journald.conf.d/syslog.conf", "[Journal]\nStorage=c"),
            ("/etc/systemd/journald.conf.d/95-kubeprep.conf", "[Journal]\nStorage=b"));
        Assert.Equal(new SystemdSetting("c", "/usr/lib/systemd/journald.conf.d/syslog.conf"), read["Storage"]);
        Assert.Equal(new SystemdSetting("1", "/etc/systemd/journald.conf"), read["SystemMaxUse"]);
        Assert.Null(read["SystemMaxFileSize"]);
    }

    [Fact]
    public void A_broken_header_ends_the_reading_of_later_files_too() => Assert.Null(Read(
        ("/etc/systemd/journald.conf", "[Journal"), ("/etc/systemd/journald.conf.d/a.conf", "[Journal]\nStorage=a"))["Storage"]);

    [Fact]
    public void Files_count_in_the_order_of_systemd_analyze()
    {
        Tool.Require("systemd-analyze");
        var next = 0;
        Property.Holds(
            Gen.Choose(1, 6).SelectMany(File.ListOf),
            files =>
            {
                var root = _directory[$"{next++}"];
                var collection = new NodeFileCollection(files);
                Write(root, collection);
                var shown = Tool.Try("systemd-analyze", "", "cat-config", $"--root={root}", "systemd/journald.conf").Output;
                var configuration = SystemdConfiguration.Read(collection, "journald.conf", "Journal");
                foreach (var key in Keys)
                {
                    Assert.Equal(LastValue(shown, key), configuration[key]?.Value);
                }
            },
            cases: 40);
    }

    [Theory]
    [InlineData("SystemMaxUse", "2G", "2048M", true)]
    [InlineData("SystemMaxUse", "2G", "2147483648", true)]
    [InlineData("SystemMaxUse", "0.5G", "512M", true)]
    [InlineData("SystemMaxUse", "2G", "2M", false)]
    [InlineData("SystemMaxUse", "", "0", false)]
    [InlineData("MaxRetentionSec", "2week", "14d", true)]
    [InlineData("MaxRetentionSec", "2week", "1w 7days", true)]
    [InlineData("MaxRetentionSec", "2week", "1209600", true)]
    [InlineData("MaxRetentionSec", "1month", "1M", true)]
    [InlineData("MaxRetentionSec", "1m", "1M", false)]
    [InlineData("MaxRetentionSec", "1", "yes", false)]
    [InlineData("MaxRetentionSec", "2 fortnights", "2 fortnights", true)]
    [InlineData("MaxRetentionSec", "2 fortnights", "4w", false)]
    [InlineData("MaxRetentionSec", "", "0", false)]
    [InlineData("ForwardToWall", "no", "0", true)]
    [InlineData("ForwardToWall", "no", "OFF", true)]
    [InlineData("ForwardToWall", "no", "yes", false)]
    [InlineData("Storage", "auto", "persistent", false)]
    [InlineData("DefaultLimitNOFILE", "100000", "1024:524288", false)]
    public void Compares_values_by_what_they_mean(string key, string left, string right, bool areEqual)
    {
        Assert.Equal(areEqual, SystemdValue.AreEqual(key, left, right));
        Assert.Equal(areEqual, SystemdValue.AreEqual(key, right, left));
    }

    [Fact]
    public void Compares_any_text_without_failing() => Property.Holds(
        Generators.OddName,
        text => Assert.False(SystemdValue.AreEqual("MaxRetentionSec", text, "never") || SystemdValue.AreEqual("Storage", text, "never")),
        cases: 500);

    private static SystemdConfiguration Read(params (string Path, string Content)[] files) =>
        SystemdConfiguration.Read(new NodeFileCollection(files.Select(file => SampleNode.File(file.Path, file.Content))), "journald.conf",
            "Journal");

    private static string? LastValue(string shown, string key) =>
        shown.Split('\n').LastOrDefault(line => line.StartsWith(key + "=", StringComparison.Ordinal))?.Split('=')[1];

    private static void Write(string root, NodeFileCollection files)
    {
        foreach (var file in files)
        {
            var path = root + file.Path;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
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
}
