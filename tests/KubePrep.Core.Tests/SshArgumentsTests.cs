using FsCheck.Fluent;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

/// <summary>What a real ssh makes of the arguments (<c>ssh -G</c>).</summary>
public sealed class SshArgumentsTests : IDisposable
{
    private const string Hostile = """
        Host *
            ControlMaster auto
            ControlPath /tmp/%C
            ControlPersist yes
            RemoteCommand reboot
            RequestTTY force
            SessionType none
            StdinNull yes
            ForkAfterAuthentication yes
            LocalForward 127.0.0.1:1 127.0.0.1:2
            DynamicForward 1080
            ForwardAgent yes
            ForwardX11 yes
            Tunnel yes
            PermitLocalCommand yes
            LocalCommand reboot
            UpdateHostKeys yes
            ServerAliveInterval 0
            ServerAliveCountMax 99
            LogLevel QUIET
            StrictHostKeyChecking no
            UserKnownHostsFile /dev/null
            ConnectTimeout 9999
            BatchMode no
            NumberOfPasswordPrompts 9
            User somebody
            Port 9
            IdentityFile /hostile
        """;

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> Refused =>
    [
        "ControlMaster", "controlpath", "RemoteCommand", "RequestTTY", "SessionType", "StdinNull", "ForkAfterAuthentication", "ClearAllForwardings",
        "ForwardAgent", "ForwardX11", "Tunnel", "PermitLocalCommand", "UpdateHostKeys", "ServerAliveInterval", "LOGLEVEL", "StrictHostKeyChecking",
        "UserKnownHostsFile", "ConnectTimeout", "BatchMode", "NumberOfPasswordPrompts", "User", "Port", "", "Proxy Jump", "A=b", "-oX", "é",
    ];

    [Fact]
    public void Have_the_last_word_over_a_hostile_configuration()
    {
        var said = Said(
            new ConnectionOptions
            {
                KnownHostsPath = _directory["known"],
                UserName = "me",
                Port = 2222,
                ConnectionTimeout = TimeSpan.FromSeconds(7),
                Options = new Dictionary<string, string> { ["Compression"] = "yes" },
            },
            Hostile);
        Assert.Multiple(
            () => Assert.Equal("false", said["controlmaster"][0]),
            () => Assert.False(said.ContainsKey("controlpath")),
            () => Assert.False(said.ContainsKey("remotecommand")),
            () => Assert.Equal("false", said["requesttty"][0]),
            () => Assert.Equal("default", said["sessiontype"][0]),
            () => Assert.Equal("no", said["stdinnull"][0]),
            () => Assert.Equal("no", said["forkafterauthentication"][0]),
            () => Assert.Equal("yes", said["clearallforwardings"][0]),
            () => Assert.False(said.ContainsKey("localforward") || said.ContainsKey("dynamicforward")),
            () => Assert.Equal("no", said["forwardagent"][0]),
            () => Assert.Equal("no", said["forwardx11"][0]),
            () => Assert.Equal("false", said["tunnel"][0]),
            () => Assert.Equal("no", said["permitlocalcommand"][0]),
            () => Assert.Equal("false", said["updatehostkeys"][0]),
            () => Assert.Equal(("5", "3"), (said["serveraliveinterval"][0], said["serveralivecountmax"][0])),
            () => Assert.Equal("DEBUG", said["loglevel"][0]),
            () => Assert.Equal("true", said["stricthostkeychecking"][0]),
            () => Assert.Equal(_directory["known"], said["userknownhostsfile"][0]),
            () => Assert.Equal("7", said["connecttimeout"][0]),
            () => Assert.Equal("yes", said["batchmode"][0]),
            () => Assert.Equal(("me", "2222"), (said["user"][0], said["port"][0])),
            () => Assert.Equal("yes", said["compression"][0]));
    }

    [Fact]
    public void Let_a_password_be_asked_for_once_and_new_servers_be_trusted_where_that_is_wanted()
    {
        using var password = new Secret("x");
        var said = Said(new ConnectionOptions { Password = password, HostKeyPolicy = HostKeyPolicy.AcceptNew }, Hostile);
        Assert.Equal(("no", "1", "accept-new"), (said["batchmode"][0], said["numberofpasswordprompts"][0], said["stricthostkeychecking"][0]));
        Assert.Equal("/dev/null", said["userknownhostsfile"][0]); // nobody has said otherwise
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("100%d %h %%")]
    [InlineData(@"a\b\\c\ d\")]
    [InlineData("it's #1 ~ $HOME `x` é")]
    [InlineData(" , = ")]
    public void Name_files_by_whatever_path(string name)
    {
        var key = _directory.Write($"{name}/key", "");
        var options = new ConnectionOptions { KnownHostsPath = _directory[$"{name}/known hosts"], KeyFilePath = key };
        var said = Said(options, Hostile);
        Assert.Equal([options.KnownHostsPath], said["userknownhostsfile"]); // expanded
        Assert.Equal(key.Replace("%", "%%", StringComparison.Ordinal), said["identityfile"][0]); // not yet expanded
    }

    [Fact]
    public void Log_in_with_a_key_at_whatever_path()
    {
        using var server = new SshServer();
        var name = @"100%d %h a\\b 'c'";
        Directory.CreateDirectory(_directory[name]);
        File.Copy(server.KeyFilePath, _directory[$"{name}/key"]);
        using var connection = server.Open(server.Options with { KeyFilePath = _directory[$"{name}/key"] });
        Assert.True(connection.IsRoot);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Are_not_the_users_where_they_are_kubepreps_or_none(string name)
    {
        Expect.Error(ErrorId.InvalidConnectionOption, () => Validate(name, "x"));
        Assert.Null(Record.Exception(() => Validate("ProxyJump", "x")));
    }

    [Theory]
    [InlineData("a\nProxyCommand=x")]
    [InlineData("a\0b")]
    public void Are_one_line_each(string value) => Expect.Error(ErrorId.InvalidConnectionOption, () => Validate("ProxyJump", value));

    [Theory]
    [InlineData("")]
    [InlineData("a\"b")]
    [InlineData("${HOME}/x")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void Hold_no_path_that_ssh_cannot_be_given(string path)
    {
        Expect.Error(ErrorId.InvalidConnectionOption, () => SshArguments.Validate(new ConnectionOptions { KnownHostsPath = path }));
        if (path.Length > 0)
        {
            Expect.Error(ErrorId.InvalidConnectionOption, () => SshArguments.Validate(new ConnectionOptions { KeyFilePath = path }));
        }
    }

    [Fact]
    public void End_the_options_before_the_host() => Property.Holds(
        from host in Gen.Elements("n1", "n1.lab", "::1", "fe80::1%lo", "N1", "a_b")
        from user in Gen.Elements<string?>(null, "u", "u@d", "DOM+u", "é")
        from port in Gen.Elements<int?>(null, 1, 65535)
        select (host, user, port),
        given =>
        {
            var options = new ConnectionOptions { UserName = given.user, Port = given.port };
            var arguments = SshArguments.ForSession(NodeTarget.Of(new Node { HostName = given.host }, options), options);
            Assert.Equal(["--", given.host, "exec /bin/sh"], arguments.TakeLast(3));
            var said = Said(options, "", new Node { HostName = given.host });
            Assert.Equal(given.host.ToLowerInvariant(), said["hostname"][0]);
            Assert.Equal((given.user ?? Environment.UserName, given.port ?? 22), (said["user"][0], int.Parse(said["port"][0], System.Globalization.CultureInfo.InvariantCulture)));
        },
        cases: 20);

    [Fact]
    public void Are_read_back_for_the_name_that_a_password_is_asked_for_with_and_the_way_there()
    {
        var configuration = SshConfiguration.Parse(Lines(new ConnectionOptions(), "Host n1\n HostName Real.Lab\n User admin\n ProxyJump me@bastion:22", new Node("n1")));
        Assert.Equal(("admin", "real.lab", "me@bastion:22"), (configuration.UserName, configuration.HostName, configuration.Proxy));
        configuration = SshConfiguration.Parse(Lines(new ConnectionOptions(), "Host n1\n HostKeyAlias Other\n ProxyCommand nc %h %p", new Node("me@n1")));
        Assert.Equal(("me", "other", "nc %h %p"), (configuration.UserName, configuration.HostName, configuration.Proxy));
        configuration = SshConfiguration.Parse(Lines(new ConnectionOptions(), "ProxyJump none\nProxyCommand none\nHostKeyAlias none", new Node("n1")));
        Assert.Equal(("n1", ""), (configuration.HostName, configuration.Proxy));
        Assert.Equal(("", "", ""), SshConfiguration.Parse(["", " ", "user", "x"]) is var none ? (none.UserName, none.HostName, none.Proxy) : default);
    }

    public void Dispose() => _directory.Dispose();

    private static void Validate(string name, string value) =>
        SshArguments.Validate(new ConnectionOptions { Options = new Dictionary<string, string> { [name] = value } });

    private Dictionary<string, List<string>> Said(ConnectionOptions options, string configuration, Node? node = null) => Lines(options, configuration, node ?? new Node("n1"))
        .Select(line => line.Split(' ', 2))
        .GroupBy(words => words[0], words => words.Length > 1 ? words[1] : "", StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    private string[] Lines(ConnectionOptions options, string configuration, Node node)
    {
        Tool.Require("ssh");
        var arguments = SshArguments.ForConfiguration(NodeTarget.Of(node, options), options);
        return Tool.Run("ssh", ["-F", _directory.Write("config", configuration), .. arguments]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
