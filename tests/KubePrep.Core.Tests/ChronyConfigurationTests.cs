using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Facts;
using KubePrep.TimeSync;

namespace KubePrep.Core.Tests;

public sealed class ChronyConfigurationTests
{
    private const string Main = "/etc/chrony/chrony.conf";

    /// <summary>What matters of Debian 12's file, in its order.</summary>
    private const string Debian = """
        # comment
        confdir /etc/chrony/conf.d
        pool 2.debian.pool.ntp.org iburst
        sourcedir /run/chrony-dhcp
        sourcedir /etc/chrony/sources.d
        keyfile /etc/chrony/chrony.keys
        driftfile /var/lib/chrony/chrony.drift
        rtcsync
        makestep 1 3
        leapsectz right/UTC

        """;

    /// <summary>Files that name each other in odd ways.</summary>
    private static Gen<NodeFileCollection> Odd { get; } =
        from lines in Gen.ListOf(
            Gen.Elements("server a", "POOL b iburst", "peer", "refclock PHC /dev/ptp_kvm poll 2", "refclock", "makestep 1 -1", "makestep x y",
                "makestep", "local", "local stratum 10 orphan", "allow", "allow 10/8", "include /etc/chrony/*.conf",
                "include /etc/chrony/conf.d/*.conf", "include", "include [", "include /etc/chrony/conf.d/a.conf x", "confdir /etc/chrony/conf.d /",
                "confdir", "confdir a b c d e f g h i j k", "sourcedir /etc/chrony/sources.d", "sourcedir", "\0", "server \0x", "\ud800", "! x",
                " # y", "server " + new string('x', 3000)))
        from places in Gen.Choose(0, 3).ListOf(lines.Count)
        from ends in Gen.Elements("", "\n", "\r\n")
        select new NodeFileCollection(new[] { Main, "/etc/chrony/conf.d/a.conf", "/etc/chrony/conf.d/b.conf", "/etc/chrony/sources.d/a.sources" }
            .Select((path, i) => SampleNode.File(path, string.Join('\n', lines.Where((_, at) => places[at] == i)) + ends)));

    [Fact]
    public void Reads_Debians_file()
    {
        var configuration = Read((Main, Debian));
        Assert.True(configuration.Exists);
        Assert.True(configuration.ReadsDropIns);
        Assert.Equal(["2.debian.pool.ntp.org"], configuration.Servers);
        Assert.Empty(configuration.ReferenceClocks);
        Assert.False(configuration.StepsAlways);
        Assert.Null(configuration.Local);
    }

    [Fact]
    public void Reads_a_file_that_others_wrote()
    {
        var configuration = Read((Main,
            "server ntp.example.org iburst\nlocal stratum 10\nallow 0.0.0.0/0\nmakestep 1.0 3\nrtcsync\nrefclock  PHC\t/dev/ptp0 poll 2\n"));
        Assert.False(configuration.ReadsDropIns);
        Assert.Equal(["ntp.example.org"], configuration.Servers);
        Assert.Equal(["PHC /dev/ptp0"], configuration.ReferenceClocks);
        Assert.Equal("stratum 10", configuration.Local);
    }

    [Fact]
    public void A_node_without_a_file_has_nothing()
    {
        var configuration = Read();
        Assert.Equal((false, false, false), (configuration.Exists, configuration.ReadsDropIns, configuration.StepsAlways));
        Assert.Empty(configuration.Servers);
    }

    [Fact]
    public void A_chronyd_built_elsewhere_has_its_file_elsewhere()
    {
        Assert.Equal(["a"], Read(("/etc/chrony.conf", "server a")).Servers);
        Assert.Equal(["b"], Read(("/etc/chrony.conf", "server a"), (Main, "server b")).Servers);
    }

    [Theory]
    [InlineData("! server x\n; server x\n# server x\n% server x\n \t#server x\nserver a", "a")]
    [InlineData("SERVER a\n \tPool\vb\fiburst\npeer c\r\n", "a b c")]
    [InlineData("server a # no comment", "a")]
    [InlineData("server a\nserver A\nserver a port 1123", "a")]
    [InlineData("servers x\nserver\nserverx a\n", "")]
    [InlineData("server a\0b\nserver c", "a c")]
    public void Reads_lines_as_chronyd_does(string content, string servers) =>
        Assert.Equal(servers.Split(' ', StringSplitOptions.RemoveEmptyEntries), Read((Main, content)).Servers);

    [Fact]
    public void A_line_that_chronyd_takes_for_too_long_is_left_out() =>
        Assert.Equal(["b"], Read((Main, $"server a {new string('x', 2040)}\nserver b")).Servers);

    [Fact]
    public void Files_are_read_where_they_are_named_and_source_files_last()
    {
        var configuration = Read(
            (Main, "server 1\nconfdir /etc/chrony/conf.d\nserver 5\nsourcedir /etc/chrony/sources.d\ninclude /etc/chrony/more.conf\nserver 7"),
            ("/etc/chrony/conf.d/20.conf", "server 4"),
            ("/etc/chrony/conf.d/10.conf", "server 2\ninclude /etc/chrony/within.conf"),
            ("/etc/chrony/conf.d/.30.conf", "server x"),
            ("/etc/chrony/conf.d/40.sources", "server x"),
            ("/etc/chrony/within.conf", "server 3"),
            ("/etc/chrony/more.conf", "server 6"),
            ("/etc/chrony/sources.d/b.sources", "server 9\n"),
            ("/etc/chrony/sources.d/a.sources", "# comment\npool 8 iburst\nmakestep 1 -1\nserver unterminated"));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9"], configuration.Servers);
        Assert.False(configuration.StepsAlways);
    }

    [Fact]
    public void Of_files_with_one_name_that_of_the_first_directory_counts()
    {
        var configuration = Read(
            (Main, "confdir /etc/b /etc/a"),
            ("/etc/a/1.conf", "server a1"), ("/etc/a/2.conf", "server a2"), ("/etc/b/2.conf", "server b2"), ("/etc/b/3.conf", "server b3"));
        Assert.Equal(["a1", "b2", "b3"], configuration.Servers);
    }

    [Theory]
    [InlineData("confdir /etc/chrony/conf.d", true)]
    [InlineData("CONFDIR /etc//chrony/conf.d/", true)]
    [InlineData("confdir /etc/chrony/other.d /etc/chrony/conf.d", true)]
    [InlineData("include /etc/chrony/conf.d/*.conf", true)]
    [InlineData("include /etc/chrony/conf.d/kubeprep.conf", true)]
    [InlineData("include /etc/chrony/more.conf", true)]
    [InlineData("include /etc/chrony/conf.d/10-*.conf", false)]
    [InlineData("include /etc/chrony/conf.d", false)]
    [InlineData("include /etc/chrony/conf.d/*.conf x", false)]
    [InlineData("# confdir /etc/chrony/conf.d", false)]
    [InlineData("confdir /etc/chrony/conf.d.old", false)]
    [InlineData("confdir /etc/chrony/*.d", false)]
    [InlineData("confdir 1 2 3 4 5 6 7 8 9 10 /etc/chrony/conf.d", false)]
    [InlineData("sourcedir /etc/chrony/conf.d", false)]
    public void Tells_whether_drop_ins_are_read(string line, bool expected) =>
        Assert.Equal(expected, Read((Main, line), ("/etc/chrony/more.conf", "confdir /etc/chrony/conf.d")).ReadsDropIns);

    [Theory]
    [InlineData("makestep 1 -1", true)]
    [InlineData("makestep 0.1 3\nMAKESTEP 1.0 -1", true)]
    [InlineData("makestep 1 -1\nmakestep 1 3", false)]
    [InlineData("makestep 1 -1\nmakestep", true)]
    [InlineData("makestep 1 -1 2", false)]
    [InlineData("makestep 1 x", false)]
    [InlineData("", false)]
    public void Tells_whether_the_clock_is_stepped_at_any_time(string content, bool expected) =>
        Assert.Equal(expected, Read((Main, content)).StepsAlways);

    [Fact]
    public void A_drop_in_cannot_change_what_comes_after_it() =>
        Assert.False(Read((Main, Debian), ("/etc/chrony/conf.d/kubeprep.conf", "makestep 1 -1\n")).StepsAlways);

    [Theory]
    [InlineData("[Service]\nExecStartPost=+/usr/bin/chronyc -n makestep 1 -1", true)]
    [InlineData("[Service]\nExecStartPost=-/bin/sh -c 'sleep 1; chronyc \"makestep 1 -1\"'", true)]
    [InlineData("[Service]\nExecStartPost=/usr/bin/chronyc makestep 1 3", false)]
    [InlineData("[Service]\nExecStartPost=/usr/bin/chronyc makestep 1 -1\nExecStartPost=", false)]
    [InlineData("[Service]\nExecStartPost=/usr/bin/chronyc makestep", false)]
    [InlineData("[Service]\nExecStartPost=/usr/bin/other makestep 1 -1", false)]
    [InlineData("[Service]\nExecStart=/usr/bin/chronyc makestep 1 -1", false)]
    [InlineData("[Unit]\nExecStartPost=/usr/bin/chronyc makestep 1 -1", false)]
    public void The_units_commands_count_after_the_files(string dropIn, bool expected) =>
        Assert.Equal(expected, Read((Main, Debian), ("/etc/systemd/system/chrony.service.d/kubeprep.conf", dropIn)).StepsAlways);

    [Fact]
    public void The_last_of_the_units_commands_counts()
    {
        var unit = ("/etc/systemd/system/chrony.service", "[Service]\nExecStartPost=chronyc makestep 1 -1\n");
        Assert.True(Read((Main, "makestep 1 3"), unit).StepsAlways);
        Assert.False(Read(unit, ("/etc/systemd/system/chrony.service.d/z.conf", "[Service]\nExecStartPost=chronyc makestep 1 3\n")).StepsAlways);
    }

    [Fact]
    public void Loops_end()
    {
        var configuration = Read((Main, "server a\ninclude /etc/chrony/chrony.conf\nserver b"));
        Assert.Equal(["a", "b"], configuration.Servers);
    }

    [Fact]
    public void Files_that_include_each_other_many_times_take_no_long_time()
    {
        var includes = string.Concat(Enumerable.Repeat("include /etc/chrony/conf.d/*.conf\nconfdir /etc/chrony/conf.d\n", 1000));
        var clock = Stopwatch.StartNew();
        Read([(Main, includes), .. Enumerable.Range(0, 300).Select(i =>
            (string.Create(CultureInfo.InvariantCulture, $"/etc/chrony/conf.d/{i}.conf"), includes)),]);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"it took {clock.Elapsed}");
    }

    [Fact]
    public void Whatever_is_written_is_read() => Property.Holds(Odd, files => Assert.NotNull(ChronyConfiguration.Read(files)));

    private static ChronyConfiguration Read(params (string Path, string Content)[] files) =>
        ChronyConfiguration.Read(new NodeFileCollection(files.Select(file => SampleNode.File(file.Path, file.Content))));
}
