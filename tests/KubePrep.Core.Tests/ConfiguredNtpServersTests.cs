using KubePrep.Facts;
using KubePrep.TimeSync;

namespace KubePrep.Core.Tests;

public sealed class ConfiguredNtpServersTests
{
    private const string Chrony = "/etc/chrony/chrony.conf";
    private const string Timesyncd = "/etc/systemd/timesyncd.conf";

    [Fact]
    public void Nothing_installed_has_none() => Assert.Empty(ConfiguredNtpServers.Of(Node([]).WithFile(Chrony, "server a\n")));

    [Fact]
    public void Reads_what_the_daemon_reads() => Assert.Equal(["a.example.org", "192.0.2.1"],
        Of("chrony.service", Chrony, "server a.example.org iburst\npool 192.0.2.1\nserver A.EXAMPLE.ORG\n"));

    [Fact]
    public void Daemons_that_are_used_count_before_others()
    {
        var node = Node([SampleNode.Unit("chrony.service", file: "disabled"), SampleNode.Unit("systemd-timesyncd.service")])
            .WithFile(Chrony, "server a\n").WithFile(Timesyncd, "[Time]\nNTP=b\n");
        Assert.Equal(["b"], ConfiguredNtpServers.Of(node));
        Assert.Equal(["a"], ConfiguredNtpServers.Of(node with { Units = [SampleNode.Unit("chrony.service", file: "disabled")] }));
        Assert.Equal(["a", "b"], ConfiguredNtpServers.Of(node with { Units = [SampleNode.Unit("chrony.service"), .. node.Units.Skip(1)] }));
    }

    [Theory]
    [InlineData("[Time]\nNTP=a b\nNTP=c  a\n", "a b c")]
    [InlineData("[Time]\nNTP=a\nNTP=\nNTP=b\nFallbackNTP=c\n", "b")]
    [InlineData("[Time]\nNTP=a\nNTP=\nFallbackNTP=c d\n", "c d")]
    [InlineData("[Time]\nFallbackNTP=c\nFallbackNTP=\n", "")]
    [InlineData("", "0.debian.pool.ntp.org 1.debian.pool.ntp.org 2.debian.pool.ntp.org 3.debian.pool.ntp.org")]
    public void Systemd_adds_up_what_is_assigned_and_falls_back(string content, string servers) =>
        Assert.Equal(servers.Split(' ', StringSplitOptions.RemoveEmptyEntries), Of("systemd-timesyncd.service", Timesyncd, content));

    [Fact]
    public void Drop_ins_of_systemd_add_to_the_file()
    {
        var node = Node([SampleNode.Unit("systemd-timesyncd.service")]).WithFile(Timesyncd, "[Time]\nNTP=a\n")
            .WithFile("/etc/systemd/timesyncd.conf.d/95-kubeprep.conf", "[Time]\nNTP=\nNTP=b\n");
        Assert.Equal(["b"], ConfiguredNtpServers.Of(node));
        Assert.Equal(["ntp.ubuntu.com"], ConfiguredNtpServers.Of(node with
        {
            Files = new NodeFileCollection(),
            Release = new DebianRelease("ubuntu", "24.04", "Ubuntu 24.04 LTS", "debian"),
        }));
    }

    [Theory]
    [InlineData("ntpsec.service", "/etc/ntpsec/ntp.conf")]
    [InlineData("ntp.service", "/etc/ntp.conf")]
    [InlineData("openntpd.service", "/etc/openntpd/ntpd.conf")]
    public void Reads_the_files_of_each_ntpd(string unit, string path) => Assert.Equal(["a", "b", "c", "d"], Of(unit, path,
        "# server x\ndriftfile /x\npool a iburst # server y\n server\tb\r\npeer -4 c\nserver 127.127.1.0\nservers \"d\"\nserver\nrestrict z\n"));

    [Theory]
    [InlineData("ntp1.example.org.", true)]
    [InlineData("NTP_1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("_ntp._udp.example.org", true)]
    [InlineData("192.0.2", false)]
    [InlineData("192.0.2.256", false)]
    [InlineData("2001:db8::_1", false)]
    [InlineData("2001:db8::1.", false)]
    [InlineData("fe80::1%eth0", false)]
    [InlineData("2001:db8::1;reboot", false)]
    [InlineData("-4", false)]
    [InlineData("a;reboot", false)]
    [InlineData("$(reboot)", false)]
    [InlineData("a/b", false)]
    [InlineData("a..b", false)]
    [InlineData(".", false)]
    [InlineData("ä.example.org", false)]
    [InlineData("a\u001b[31m", false)]
    public void What_is_no_name_is_left_out(string server, bool isName) =>
        Assert.Equal(isName ? [server, "last"] : ["last"], Of("chrony.service", Chrony, $"server {server}\nserver last\n"));

    [Fact]
    public void Names_have_an_end()
    {
        var (label, name) = (new string('a', 63), string.Join('.', Enumerable.Repeat(new string('a', 49), 5)));
        Assert.Equal([label, $"{name}.aaa"], Of("chrony.service", Chrony, $"server {label}\nserver {label}a\nserver {name}.aaa\nserver {name}.aaaa\n"));
    }

    private static IReadOnlyList<string> Of(string unit, string path, string content) =>
        ConfiguredNtpServers.Of(Node([SampleNode.Unit(unit)]).WithFile(path, content));

    private static NodeFacts Node(IReadOnlyList<UnitState> units) => SampleNode.Debian with { Units = units, Time = new TimeFacts() };
}
