using KubePrep.Connections;

namespace KubePrep.Core.Tests;

public sealed class KnownHostsTests
{
    [Theory]
    [InlineData("n1 ssh-ed25519 AAAA", "n1")]
    [InlineData("n1,192.0.2.1,2001:db8::1 ssh-ed25519 AAAA a comment", "n1", "192.0.2.1", "2001:db8::1")]
    [InlineData("[n1]:2222,[192.0.2.1]:2222 ssh-ed25519 AAAA", "n1:2222", "192.0.2.1:2222")]
    [InlineData("[2001:db8::1]:22 ssh-ed25519 AAAA", "[2001:db8::1]:22")]
    [InlineData("\t n1\tssh-ed25519\tAAAA\t", "n1")]
    [InlineData("n1 1024 35 1234", "n1")]
    [InlineData("@cert-authority ca.lab,*.lab ssh-ed25519 AAAA", "ca.lab")]
    [InlineData("*.lab,!bad.lab,good.lab,n? ssh-ed25519 AAAA", "good.lab")]
    [InlineData("fe80::1%eth0 ssh-ed25519 AAAA", "fe80::1%eth0")]
    public void Has_the_hosts_of_a_line_as_a_node_is_written(string line, params string[] addresses) =>
        Assert.Equal(addresses, KnownHosts.Addresses([line]));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# n1 ssh-ed25519 AAAA")]
    [InlineData("n1")]
    [InlineData("n1 ssh-ed25519")]
    [InlineData(", ssh-ed25519 AAAA")]
    [InlineData("|1|JfKTdBh7rNbXkVAQCRp4OQoPfmI=|USECr3SWf1JUPsms5AqfD5QfxkM= ssh-ed25519 AAAA")]
    [InlineData("@revoked n1 ssh-ed25519 AAAA")]
    [InlineData("@cert-authority n1")]
    [InlineData("@unknown n1 ssh-ed25519 AAAA")]
    [InlineData("[n1]:99999 ssh-ed25519 AAAA")]
    [InlineData("[n1]:x ssh-ed25519 AAAA")]
    [InlineData("[n1 ssh-ed25519 AAAA")]
    [InlineData("-oProxyCommand=x ssh-ed25519 AAAA")]
    [InlineData("$(x) ssh-ed25519 AAAA")]
    [InlineData("n\u001b[2J ssh-ed25519 AAAA")]
    [InlineData("n\ufffd ssh-ed25519 AAAA")]
    public void Has_none_where_no_host_is_named_in_the_clear(string line) => Assert.Empty(KnownHosts.Addresses([line]));

    [Fact]
    public void Has_those_that_ssh_keygen_finds()
    {
        Tool.Require("ssh-keygen");
        using var directory = new TemporaryDirectory();
        Tool.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", directory["key"]);
        var key = File.ReadAllText(directory["key.pub"]).TrimEnd();
        var path = directory.Write("known_hosts", $"n1,192.0.2.1 {key}\n[n2]:2222 {key}\n");
        Assert.Equal(["n1", "192.0.2.1", "n2:2222"], KnownHosts.Addresses(SshFile.Lines(path)));
        foreach (var name in (string[])["n1", "192.0.2.1", "[n2]:2222"])
        {
            Assert.Contains(" found: line ", Tool.Run("ssh-keygen", "-F", name, "-f", path), StringComparison.Ordinal);
        }

        Tool.Run("ssh-keygen", "-q", "-H", "-f", path);
        Assert.Empty(KnownHosts.Addresses(SshFile.Lines(path)));
    }
}
