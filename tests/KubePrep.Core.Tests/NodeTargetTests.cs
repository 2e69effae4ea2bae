using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

public sealed class NodeTargetTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> UnsafeNames => [.. "'`\"$\\;&<>|(){} ".Select(c => $"a{c}b").Concat(["-a", "-", "a\nb", "a\0b", "a\u009bb", "a\ud800b", new string('a', 256)])];

    [Theory]
    [MemberData(nameof(UnsafeNames))]
    public void Refuses_names_that_ssh_or_a_shell_could_misread(string name)
    {
        Refused("host name", new Node { HostName = name });
        Refused("user name", new Node { HostName = "n1", UserName = name });
        Refused("user name", new Node { HostName = "n1" }, new ConnectionOptions { UserName = name });
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a@b")]
    [InlineData("[a]")]
    [InlineData("")]
    public void Refuses_hosts_that_are_none(string name) => Refused("host name", new Node { HostName = name });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    [InlineData(int.MaxValue)]
    public void Refuses_ports_out_of_range(int port)
    {
        Refused("port", new Node { HostName = "n1", Port = port });
        Refused("port", new Node { HostName = "n1" }, new ConnectionOptions { Port = port });
    }

    [Fact]
    public void Refuses_a_missing_key_file_a_wrong_address_and_a_wrong_name()
    {
        Refused("key file", new Node { HostName = "n1", KeyFilePath = _directory["none"] });
        Refused("key file", new Node { HostName = "n1", KeyFilePath = _directory.Path });
        Refused("IP address", new Node { HostName = "n1", IPAddress = ["192.0.2.1", "x"] });
        Refused("IP address", new Node { HostName = "n1", IPAddress = [null!] });
        Refused("node name", new Node { HostName = "n1", NodeName = "Node_1" });
    }

    [Fact]
    public void Takes_the_nodes_own_values_before_those_of_the_run()
    {
        var (own, common) = (_directory.Write("own", ""), _directory.Write("common", ""));
        var options = new ConnectionOptions { UserName = "common", Port = 1, KeyFilePath = common };
        var target = NodeTarget.Of(new Node("own@n1:2") { KeyFilePath = own }, options);
        Assert.Equal(("own", 2, own), (target.User, target.Port, target.KeyFilePath));
        target = NodeTarget.Of(new Node("n1") { UserName = "", KeyFilePath = "" }, options);
        Assert.Equal(("common", 1, common), (target.User, target.Port, target.KeyFilePath));
        target = NodeTarget.Of(new Node("n1"), new ConnectionOptions());
        Assert.Equal<(string?, int?, string?)>((null, null, null), (target.User, target.Port, target.KeyFilePath));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LocalHost", true)]
    [InlineData("root@localhost", false)]
    [InlineData("localhost:22", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost.localdomain", false)]
    public void Knows_this_machine(string address, bool isLocal) =>
        Assert.Equal(isLocal, NodeTarget.Of(new Node(address), new ConnectionOptions { UserName = "u", Port = 2 }).IsLocal);

    public void Dispose() => _directory.Dispose();

    private static void Refused(string what, Node node, ConnectionOptions? options = null)
    {
        var error = Expect.Error(ErrorId.InvalidNode, () => NodeTarget.Of(node, options ?? new ConnectionOptions()));
        Assert.StartsWith($"The {what} '", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }
}
