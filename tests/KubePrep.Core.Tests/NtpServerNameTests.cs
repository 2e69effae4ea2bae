using KubePrep.TimeSync;

namespace KubePrep.Core.Tests;

public sealed class NtpServerNameTests
{
    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::123")]
    [InlineData("::1")]
    [InlineData("ntp")]
    [InlineData("0.Pool.ntp.org")]
    [InlineData("1and1.example.org")]
    public void Addresses_and_host_names_can_be_servers(string name) => new TimeSyncRequest { NtpServers = [name] }.Validate();

    [Theory]
    [InlineData("")]
    [InlineData("ntp.example.org iburst")]
    [InlineData("ntp.example.org\nallow 0.0.0.0/0")]
    [InlineData("ntp;reboot")]
    [InlineData("-ntp")]
    [InlineData("ntp-.example.org")]
    [InlineData("ntp..org")]
    [InlineData("ntp_1")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2.01")]
    [InlineData("192.0.2.1/24")]
    [InlineData("ntp.example.org.")]
    [InlineData("2001:db8::g")]
    [InlineData("2001:db8::1/64")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[2001:db8::1]:123")]
    [InlineData("fe80::1%eth0")]
    [InlineData("ntp.example.org:123")]
    [InlineData("zeit.bücher.example")]
    public void Nothing_else_can(string name)
    {
        var error = Expect.Error(ErrorId.InvalidNtpServer, () => new TimeSyncRequest { NtpServers = ["192.0.2.1", name] }.Validate());
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Labels_and_names_have_a_longest_length()
    {
        Assert.Null(NtpServerName.Fault(new string('a', 63)));
        Assert.NotNull(NtpServerName.Fault(new string('a', 64)));
        Assert.NotNull(NtpServerName.Fault(string.Join('.', Enumerable.Repeat(new string('a', 63), 4))));
    }
}
