using FsCheck.Fluent;
using KubePrep.Connections;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

public sealed class NodeAddressTests
{
    private static readonly string[] Pieces =
        ["", "a", "node-1", "n1.lab", "@", ":", "[", "]", "::", "22", "-1", "0", "65536", "99999999999", "%", "fe80::1%eth0", "::1", " ", "\t", "\0", "-", "/", "\ud800", "é"];

    [Theory]
    [InlineData("node-1", null, "node-1", null)]
    [InlineData("admin@node-1", "admin", "node-1", null)]
    [InlineData("node-1:2222", null, "node-1", 2222)]
    [InlineData("admin@node-1:2222", "admin", "node-1", 2222)]
    [InlineData("me@example.org@node-1", "me@example.org", "node-1", null)]
    [InlineData("192.0.2.1:22", null, "192.0.2.1", 22)]
    [InlineData("::1", null, "::1", null)]
    [InlineData("2001:db8::22", null, "2001:db8::22", null)]
    [InlineData("[2001:db8::1]", null, "2001:db8::1", null)]
    [InlineData("[2001:db8::1]:22", null, "2001:db8::1", 22)]
    [InlineData("root@[fe80::1%eth0]:2222", "root", "fe80::1%eth0", 2222)]
    [InlineData("fe80::1%eth0", null, "fe80::1%eth0", null)]
    [InlineData("node-1:65536", null, "node-1", 65536)]
    public void Is_split_into_user_host_and_port(string address, string? user, string host, int? port)
    {
        var node = new Node(address);
        Assert.Equal((user, host, port), (node.UserName, node.HostName, node.Port));
    }

    [Theory]
    [InlineData("node-1:")]
    [InlineData("node-1:ssh")]
    [InlineData("node-1:-1")]
    [InlineData("node-1:99999999999")]
    [InlineData("a:b:c")]
    [InlineData("[::1")]
    [InlineData("[::1]x")]
    [InlineData("[::1]:")]
    [InlineData("::1]:22")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("user@")]
    [InlineData("node-1:0")]
    [InlineData("node-1:65536")]
    [InlineData(" node-1")]
    [InlineData("node-1 ")]
    [InlineData("-oProxyCommand=x")]
    [InlineData("ssh://node-1")]
    public void That_makes_no_sense_is_refused_when_it_is_used(string address) =>
        Expect.Error(ErrorId.InvalidNode, () => NodeTarget.Of(new Node(address), new ConnectionOptions()));

    [Fact]
    public void Never_fails_to_be_split_and_is_used_or_refused() => Property.Holds(
        from count in Gen.Choose(0, 8)
        from pieces in Gen.Elements(Pieces).ListOf(count)
        select string.Concat(pieces),
        address =>
        {
            var node = new Node(address);
            var error = Record.Exception(() => NodeTarget.Of(node, new ConnectionOptions()));
            Assert.True(error is null or KubePrepException { Id: ErrorId.InvalidNode }, $"{address}: {error}");
            if (error is null)
            {
                Assert.True(node.Port is null or (>= 1 and <= 65535));
                Assert.DoesNotContain(node.HostName, c => char.IsControl(c) || char.IsWhiteSpace(c));
                Assert.False(node.HostName.StartsWith('-') || (node.UserName ?? "").StartsWith('-'));
                var again = new Node(node.ToString());
                Assert.Equal((node.HostName, node.Port), (again.HostName, again.Port));
            }
        },
        cases: 1000);

    [Fact]
    public void Is_not_needed_to_be_set_by_a_script()
    {
        var node = new Node { HostName = null!, IPAddress = null! };
        Assert.Equal("", node.ToString());
        Expect.Error(ErrorId.InvalidNode, () => NodeTarget.Of(node, new ConnectionOptions()));
    }
}
