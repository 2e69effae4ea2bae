using KubePrep.Connections;

namespace KubePrep.Core.Tests;

public sealed class KnownHostKeyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Has_the_fingerprint_that_ssh_keygen_prints()
    {
        Tool.Require("ssh-keygen");
        Tool.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "a comment", "-f", _directory["key"]);
        var key = File.ReadAllText(_directory["key.pub"]).TrimEnd();
        var fingerprint = Tool.Run("ssh-keygen", "-lf", _directory["key.pub"]).Split(' ')[1];
        var path = _directory.Write("known hosts", $"# a comment\n\nn1,192.0.2.1 {key}\n@cert-authority *.lab {key}\n\t[n1]:2222\t{key}\n|1|salt=|hash= {key}\nn2\n");
        Assert.Equal(
            ["", "", fingerprint, fingerprint, fingerprint, fingerprint, "", ""],
            Enumerable.Range(1, 8).Select(line => KnownHostKey.FingerprintAt($"{path}:{line}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":1")]
    [InlineData("/nowhere:1")]
    [InlineData("/etc/passwd:x")]
    [InlineData("/etc/passwd:-1")]
    [InlineData("/etc/passwd:99999999999")]
    [InlineData("/etc:1")]
    [InlineData("/dev/zero:1")]
    [InlineData("/dev/tty:2")]
    [InlineData("a\0b:1")]
    public void Is_none_where_there_is_no_key(string place) => Assert.Equal("", KnownHostKey.FingerprintAt(place));

    [Fact]
    public void Is_not_waited_for_at_a_pipe_nor_read_from_damage()
    {
        Tool.Run("mkfifo", _directory["pipe"]);
        Assert.Equal("", KnownHostKey.FingerprintAt($"{_directory["pipe"]}:1"));
        Assert.Equal("", KnownHostKey.FingerprintAt($"{_directory.Write("damaged", "n1 ssh-ed25519 !!!\n")}:1"));
        Assert.Equal("", KnownHostKey.FingerprintAt($"{_directory["damaged"]}:0"));
    }

    public void Dispose() => _directory.Dispose();
}
