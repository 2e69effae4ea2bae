using KubePrep.Connections;

namespace KubePrep.Core.Tests;

/// <summary>Users who log in to a real ssh server by key or password, and become root by a real sudo.</summary>
public sealed class SudoTests : IDisposable
{
    private const string Password = "it's 100% s3cr$t ";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _directory = new();
    private readonly SshServer _server;

    public SudoTests()
    {
        // every byte that is sent to the node's shell is kept; when that ends, all ends
        _server = new SshServer(SshServer.Force(_directory, $"tee -a '{_directory["input"]}' | {{ /bin/sh; kill -9 0; }}"), "PasswordAuthentication yes");
        _directory.Write("input", "");
        Tool.Run("chmod", "666", _directory["input"]);
    }

    private string Input => File.ReadAllText(_directory["input"]);

    [Fact]
    public void Is_given_the_password_once_it_has_asked()
    {
        using var user = new ScratchUser(Password, "ALL=(ALL) ALL");
        using var password = new Secret(Password);
        using var connection = _server.Open(_server.NodeOf(user.Name), _server.Options with { SudoPassword = password }, RootNeed.Required);
        Assert.True(connection.IsRoot);
        Assert.Equal("127.0.0.1", connection.ConnectionAddress);
        Assert.Equal(["0", ""], connection.Send("id -u", Limit, CancellationToken.None).Lines);
        Assert.Single(Occurrences(Input));
        Assert.Empty(Processes.Knowing(Password));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Is_given_none_where_it_asks_for_none(bool isNeeded)
    {
        using var user = new ScratchUser(Password, "ALL=(ALL) NOPASSWD: ALL");
        using var password = new Secret(Password);
        foreach (var secret in new[] { password, null })
        {
            using var connection = _server.Open(_server.NodeOf(user.Name), _server.Options with { SudoPassword = secret }, isNeeded ? RootNeed.Required : RootNeed.Preferred);
            Assert.True(connection.IsRoot);
        }

        Assert.Empty(Occurrences(Input));
    }

    [Fact]
    public void Is_told_a_wrong_password_once()
    {
        using var user = new ScratchUser("another", "ALL=(ALL) ALL");
        using var password = new Secret(Password);
        var error = Expect.Error(ErrorId.SudoPasswordWrong, () => Open(user, RootNeed.Required, password));
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        Assert.Single(Occurrences(Input));
        Assert.Empty(Processes.Naming(_server.KnownHostsPath));
    }

    [Fact]
    public void Is_missed_where_root_is_needed_and_not_where_it_is_not()
    {
        using var user = new ScratchUser(Password, "ALL=(ALL) ALL");
        Expect.Error(ErrorId.SudoPasswordRequired, () => Open(user, RootNeed.Required, null));
        using var connection = _server.Open(_server.NodeOf(user.Name));
        Assert.False(connection.IsRoot);
        Assert.Equal(["C", ""], connection.Send("echo $LC_ALL", Limit, CancellationToken.None).Lines);
    }

    [Fact]
    public void Says_who_may_not_use_it()
    {
        using var user = new ScratchUser(Password);
        using var password = new Secret(Password);
        Assert.Contains("not in the sudoers file", Expect.Error(ErrorId.SudoNotAllowed, () => Open(user, RootNeed.Required, password)).Message, StringComparison.Ordinal);
        using var limited = new ScratchUser(Password, "ALL=(ALL) /bin/ls");
        Assert.Contains("is not allowed to", Expect.Error(ErrorId.SudoNotAllowed, () => Open(limited, RootNeed.Required, password)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Works_with_a_terminal_of_its_own()
    {
        using var user = new ScratchUser(Password, "ALL=(ALL) ALL\nDefaults:USER use_pty");
        using var password = new Secret(Password);
        using var connection = _server.Open(_server.NodeOf(user.Name), _server.Options with { SudoPassword = password }, RootNeed.Required);
        Assert.Equal(["0", ""], connection.Send("id -u", Limit, CancellationToken.None).Lines);
    }

    [Fact]
    public void Comes_after_a_login_by_password_which_only_the_target_is_told()
    {
        using var user = new ScratchUser(Password);
        using var password = new Secret(Password);
        using var wrong = new Secret("wrong");
        var options = _server.Options with { KeyFilePath = null, Password = password, Options = new Dictionary<string, string> { ["PubkeyAuthentication"] = "no" } };
        using (var connection = _server.Open(_server.NodeOf(user.Name), options))
        {
            Assert.False(connection.IsRoot);
            Assert.Empty(Processes.Knowing(Password));
        }

        Expect.Error(ErrorId.PermissionDenied, () => _server.Open(_server.NodeOf(user.Name), options with { Password = wrong }).Dispose());
        Assert.Single(_server.Log.Split('\n'), line => line.Contains("Failed password", StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath(), "askpass", SearchOption.AllDirectories), path => path.Contains("kubeprep-", StringComparison.Ordinal) && File.Exists(Path.Join(Path.GetDirectoryName(path), "password")));
    }

    [Theory]
    [InlineData("/bin/csh")]
    [InlineData("/bin/bash")]
    public void Follows_a_login_shell_of_whatever_kind(string shell)
    {
        Assert.SkipUnless(File.Exists(shell), $"{shell} is not installed");
        using var server = new SshServer();
        using var user = new ScratchUser("", "ALL=(ALL) NOPASSWD: ALL", shell);
        using var connection = server.Open(server.NodeOf(user.Name), need: RootNeed.Required);
        Assert.Equal(["a b", ""], connection.Send("x='a b'; echo \"$x\"", Limit, CancellationToken.None).Lines);
    }

    public void Dispose()
    {
        _server.Dispose();
        _directory.Dispose();
    }

    private static IEnumerable<string> Occurrences(string input) => input.Split('\n').Where(line => line.Contains(Password, StringComparison.Ordinal));

    private void Open(ScratchUser user, RootNeed need, Secret? password) =>
        _server.Open(_server.NodeOf(user.Name), _server.Options with { SudoPassword = password }, need).Dispose();
}
