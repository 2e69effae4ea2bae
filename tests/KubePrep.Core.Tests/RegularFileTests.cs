using System.Net.Sockets;
using KubePrep.Files;

namespace KubePrep.Core.Tests;

public sealed class RegularFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Is_read_as_it_was_created()
    {
        var path = _directory["f"];
        RegularFile.Create(path, [1, 2, 3], FileTransaction.SecretMode);
        Assert.Equal([1, 2, 3], RegularFile.Read(path)!);
        Assert.Equal(FileTransaction.SecretMode, File.GetUnixFileMode(path));
        RegularFile.Create(_directory["empty"], [], FileTransaction.SecretMode);
        Assert.Equal([], RegularFile.Read(_directory["empty"])!);
    }

    [Fact]
    public void Is_null_where_there_is_none()
    {
        Assert.Null(RegularFile.Read(_directory["f"]));
        Assert.Null(RegularFile.Read(_directory["d/f"]));
        _directory.Write("f", "");
        Assert.Null(RegularFile.Read(_directory["f/g"]));
    }

    [Fact]
    public void Is_refused_where_it_is_too_large()
    {
        File.WriteAllBytes(_directory["most"], new byte[RegularFile.MaximumLength]);
        Assert.Equal(RegularFile.MaximumLength, RegularFile.Read(_directory["most"])!.Length);
        File.WriteAllBytes(_directory["more"], new byte[RegularFile.MaximumLength + 1]);
        Expect.Error(ErrorId.FileReadFailed, () => RegularFile.Read(_directory["more"]));
    }

    [Fact]
    public void Is_not_a_symbolic_link()
    {
        _directory.Write("victim", "old");
        File.CreateSymbolicLink(_directory["link"], _directory["victim"]);
        File.CreateSymbolicLink(_directory["dangling"], _directory["nothing"]);
        AssertRefused("link", "a symbolic link");
        AssertRefused("dangling", "a symbolic link");
        Expect.Error(ErrorId.FileWriteFailed, () => RegularFile.Create(_directory["link"], [1], FileTransaction.SecretMode));
        Expect.Error(ErrorId.FileWriteFailed, () => RegularFile.Create(_directory["dangling"], [1], FileTransaction.SecretMode));
        Assert.Equal("old", File.ReadAllText(_directory["victim"]));
        Assert.False(File.Exists(_directory["nothing"]));
    }

    [Fact]
    public void Is_not_a_directory()
    {
        Directory.CreateDirectory(_directory["d"]);
        AssertRefused("d", "a directory");
    }

    [Fact]
    public void Is_not_a_pipe_and_reading_one_does_not_wait_for_a_writer()
    {
        Tool.Run("mkfifo", _directory["pipe"]);
        AssertRefused("pipe", "a pipe, socket or device");
    }

    [Fact]
    public void Is_not_a_socket()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_directory["socket"]));
        AssertRefused("socket", "a pipe, socket or device");
    }

    [Fact]
    public void Is_not_a_device() => Expect.Error(ErrorId.NotRegularFile, () => RegularFile.Read("/dev/null"));

    [Fact]
    public void Is_never_created_over_another()
    {
        _directory.Write("f", "old");
        Expect.Error(ErrorId.FileWriteFailed, () => RegularFile.Create(_directory["f"], [1], FileTransaction.SecretMode));
        Assert.Equal("old", File.ReadAllText(_directory["f"]));
    }

    [Fact]
    public void Is_not_created_where_its_directory_is_missing() =>
        Expect.Error(ErrorId.FileWriteFailed, () => RegularFile.Create(_directory["d/f"], [1], FileTransaction.SecretMode));

    [Fact]
    public void Gets_a_mode_through_its_descriptor_and_never_through_a_link()
    {
        var victim = _directory.Write("victim", "");
        File.SetUnixFileMode(victim, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(_directory["link"], victim);
        Expect.Error(ErrorId.NotRegularFile, () => RegularFile.SetMode(_directory["link"], FileTransaction.SecretMode));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.OtherRead, File.GetUnixFileMode(victim));
        RegularFile.SetMode(victim, FileTransaction.SecretMode);
        Assert.Equal(FileTransaction.SecretMode, File.GetUnixFileMode(victim));
        RegularFile.SetMode(_directory["missing"], FileTransaction.SecretMode);
    }

    public void Dispose() => _directory.Dispose();

    private void AssertRefused(string name, string what)
    {
        var error = Expect.Error(ErrorId.NotRegularFile, () => RegularFile.Read(_directory[name]));
        Assert.Equal(_directory[name], error.Target);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }
}
