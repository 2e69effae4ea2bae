using KubePrep.Connections;

namespace KubePrep.Core.Tests;

public sealed class SshFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Is_read_through_links()
    {
        _directory.Write("dotfiles/config", "a\r\nb");
        File.CreateSymbolicLink(_directory["config"], _directory["dotfiles/config"]);
        Assert.Equal(["a", "b"], SshFile.Lines(_directory["config"]));
    }

    [Fact]
    public void Is_read_whatever_its_bytes_are()
    {
        File.WriteAllBytes(_directory["odd"], [0xEF, 0xBB, 0xBF, (byte)'a', (byte)'\n', 0xFF, 0, (byte)'\n']);
        Assert.Equal(["a", "\ufffd\0"], SshFile.Lines(_directory["odd"]));
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    [InlineData("/etc/passwd/x")]
    public void Has_no_lines_where_there_is_no_file(string path) => Assert.Empty(SshFile.Lines(path));

    [Fact]
    public void Is_not_waited_for_at_a_pipe()
    {
        Tool.Run("mkfifo", _directory["pipe"]);
        Assert.Empty(SshFile.Lines(_directory["pipe"]));
    }

    [Fact]
    public void Has_no_lines_if_it_is_far_too_large()
    {
        using (var file = File.Create(_directory["large"]))
        {
            file.SetLength((64 << 20) + 1);
        }

        Assert.Empty(SshFile.Lines(_directory["large"]));
    }

    public void Dispose() => _directory.Dispose();
}
