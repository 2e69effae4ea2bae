using KubePrep.Facts;

namespace KubePrep.Core.Tests;

public sealed class SysctlConfigurationTests
{
    [Theory]
    [InlineData("net.ipv4.ip_forward=1")]
    [InlineData("net/ipv4/ip_forward = 1")]
    [InlineData("  net.ipv4.ip_forward\t=\t1  \r")]
    [InlineData("-net.ipv4.ip_forward = 1")]
    [InlineData("/net/ipv4/ip_forward=1")]
    [InlineData("net.ipv4.*=1")]
    [InlineData("net.ipv4.ip_forwar?=1")]
    [InlineData("net.ipv4.[a-i]p_forward=1")]
    [InlineData("net.ipv4.ip_forward=0\nnet/ipv4/ip_forward=1")]
    [InlineData("net.ipv4.ip_forward=1\nnet.ipv4.*=0")]
    [InlineData("net.ipv4.*=1\n-net.ipv4.ip_*")]
    [InlineData("-net.ipv4.ip_forward\nnet.ipv4.ip_forward=1")]
    public void A_key_is_set_by(string content) => Assert.Equal("1", Read(("/etc/sysctl.d/a.conf", content))["net.ipv4.ip_forward"]?.Value);

    [Theory]
    [InlineData("")]
    [InlineData("#net.ipv4.ip_forward=1")]
    [InlineData("  ; net.ipv4.ip_forward=1")]
    [InlineData("net.ipv4.ip_forward")]
    [InlineData("net.*=1")]
    [InlineData("net.ipv4=1")]
    [InlineData("net.ipv4.ip_forward.x=1")]
    [InlineData("net.ipv4.*=1\n-net.ipv4.ip_forward")]
    [InlineData("net.ipv4.ip_forward=1\n-net.ipv4.ip_forward")]
    [InlineData("net.ipv4.[!a-i]p_forward=1")]
    public void A_key_is_not_set_by(string content) => Assert.Null(Read(("/etc/sysctl.d/a.conf", content))["net.ipv4.ip_forward"]?.Value);

    [Fact]
    public void Slashes_in_names_of_interfaces_are_dots()
    {
        var read = Read(("/etc/sysctl.d/a.conf", "net.ipv4.conf.eth0/100.rp_filter=2\nnet/ipv4/conf/eth0.200/rp_filter=1"));
        Assert.Equal("2", read["net/ipv4/conf/eth0.100/rp_filter"]?.Value);
        Assert.Equal("1", read["net.ipv4.conf.eth0/200.rp_filter"]?.Value);
    }

    [Fact]
    public void The_last_file_by_name_wins_whatever_its_directory()
    {
        var read = Read(
            ("/etc/sysctl.d/10-a.conf", "\nkernel.panic=1"),
            ("/usr/lib/sysctl.d/50-b.conf", "# x\n\nkernel.panic=2\n"),
            ("/run/sysctl.d/20-c.conf", "kernel.panic=3"));
        Assert.Equal(new SysctlAssignment("2", "/usr/lib/sysctl.d/50-b.conf", 3), read["kernel.panic"]);
        Assert.Equal("/usr/lib/sysctl.d/50-b.conf:3", read["kernel.panic"]!.Location);
    }

    [Fact]
    public void A_file_hides_those_of_its_name_in_weaker_directories_also_when_it_is_masked()
    {
        Assert.Null(Read(("/usr/lib/sysctl.d/a.conf", "kernel.panic=1"), ("/etc/sysctl.d/a.conf", ""))["kernel.panic"]);
        Assert.Equal(
            "2", Read(("/usr/lib/sysctl.d/a.conf", "kernel.panic=1"), ("/run/sysctl.d/a.conf", "kernel.panic=2"))["kernel.panic"]?.Value);
    }

    [Theory]
    [InlineData("/etc/sysctl.conf")]
    [InlineData("/etc/sysctl.d/README.sysctl")]
    [InlineData("/etc/sysctl.d/.a.conf")]
    [InlineData("/etc/sysctl.d/more/a.conf")]
    [InlineData("/etc/sysctl.d.conf")]
    public void Other_files_do_not_count(string path) => Assert.Null(Read((path, "kernel.panic=1"))["kernel.panic"]);

    [Fact]
    public void A_pattern_takes_no_long_time()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 2000));
        var read = Read(("/etc/sysctl.d/a.conf", $"kernel.{pattern}b=1\nkernel.[=1\nkernel.[a-=1\nkernel.\\=1"));
        Assert.Null(read["kernel." + new string('a', 4000)]);
    }

    private static SysctlConfiguration Read(params (string Path, string Content)[] files) =>
        SysctlConfiguration.Read(new NodeFileCollection(files.Select(file => SampleNode.File(file.Path, file.Content))));
}
