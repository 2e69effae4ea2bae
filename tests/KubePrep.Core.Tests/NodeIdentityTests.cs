using FsCheck.Fluent;
using KubePrep.Facts;
using KubePrep.HostsFile;
using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

public sealed class NodeIdentityTests
{
    [Theory]
    [InlineData("10.0.0.1", "192.0.2.1", "192.0.2.2", "10.0.0.1")]
    [InlineData("10.0.0.1 FD00::1 10.0.0.1 ::ffff:10.0.0.1", "192.0.2.1", "", "10.0.0.1 fd00::1")]
    [InlineData("", "192.0.2.1", "192.0.2.2", "192.0.2.1")]
    [InlineData("", "::ffff:192.0.2.1", "", "192.0.2.1")]
    [InlineData("", "2001:db8::1%eth0", "", "2001:db8::1")]
    [InlineData("", "", "192.0.2.2 2001:db8::2", "192.0.2.2 2001:db8::2")]
    [InlineData("", "127.0.0.1", "192.0.2.2", "192.0.2.2")]
    [InlineData("", "::1", "192.0.2.2", "192.0.2.2")]
    [InlineData("", "::ffff:127.0.0.1", "192.0.2.2", "192.0.2.2")]
    [InlineData("", "fe80::1%eth0", "fe80::1 169.254.0.1 0.0.0.0 :: 127.0.0.1 224.0.0.1 ff02::1 255.255.255.255 x 192.0.2.2 192.0.2.2", "192.0.2.2")]
    public void Addresses_are_those_given_or_found(string given, string connection, string defaults, string addresses)
    {
        var facts = Facts(address: given) with { ConnectionAddress = connection, DefaultAddresses = Words(defaults) };
        Assert.Equal(addresses, string.Join(' ', NodeIdentity.Of(facts).Addresses));
    }

    [Theory]
    [InlineData("127.0.0.1", "it is a loopback address, which stands for the machine itself")]
    [InlineData("::1", "it is a loopback address, which stands for the machine itself")]
    [InlineData("::ffff:127.0.0.1", "it is a loopback address, which stands for the machine itself")]
    [InlineData("0.0.0.0", "it is the unspecified address")]
    [InlineData("::", "it is the unspecified address")]
    [InlineData("169.254.1.1", "it is a link-local address")]
    [InlineData("fe80::1%eth0", "it is a link-local address")]
    [InlineData("239.0.0.1", "it is a multicast address")]
    [InlineData("ff02::1", "it is a multicast address")]
    [InlineData("255.255.255.255", "it is the broadcast address")]
    [InlineData("10.1", "it is no IPv4 or IPv6 address in full")]
    [InlineData("node-1", "it is no IPv4 or IPv6 address in full")]
    public void Given_addresses_have_to_be_a_nodes(string given, string why)
    {
        var error = Expect.Error(ErrorId.InvalidNode, () => NodeIdentity.Of(Facts(address: $"10.0.0.1 {given}")));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{given}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_without_an_address_is_refused() => Expect.Error(
        ErrorId.NodeIdentityMissing, () => NodeIdentity.Of(Facts(address: "") with { ConnectionAddress = "::1", DefaultAddresses = ["fe80::1"] }));

    [Theory]
    [InlineData("node-1", null, "", "node-1")]
    [InlineData("node-1", "", "", "node-1")]
    [InlineData("node-1", "k8s-1", "", "k8s-1 node-1")]
    [InlineData("node-1", "node-1", "", "node-1")]
    [InlineData("Node-1", "node-1", "", "node-1")]
    [InlineData("node-1.example.org", null, "", "node-1.example.org node-1")]
    [InlineData("node-1.example.org", "k8s-1", "", "node-1.example.org k8s-1 node-1")]
    [InlineData("node-1.example.org", "node-1", "127.0.1.1 node-1.example.com node-1.example.org", "node-1.example.org node-1")]
    [InlineData("node-1", null, "127.0.1.1 node-1.example.org node-1\n", "node-1.example.org node-1")]
    [InlineData("node-1", "k8s-1", "127.0.0.1 localhost node-1\n10.0.0.1 NODE-1.example.org db node-1\n", "NODE-1.example.org k8s-1 node-1")]
    [InlineData("node-1", null, "127.0.1.1 node-1 node-1.example.org\n", "node-1")]
    [InlineData("node-1", null, "127.0.1.1 node-1.example.org\n", "node-1")]
    [InlineData("node-1", null, "127.0.1.1 gpu-node-1.example.org node-1\n10.0.0.1 node-10.example.org node-1\n", "node-1")]
    [InlineData("node-1", null, "#127.0.1.1 node-1.example.org node-1\n", "node-1")]
    [InlineData("node-1", null, "# BEGIN KUBEPREP\n10.0.0.1 node-1.a node-1\n# END KUBEPREP\n", "node-1.a node-1")]
    [InlineData("node-1", null, "# BEGIN KUBEPREP\n10.0.0.1 node-1.a node-1\n# END KUBEPREP\n127.0.1.1 node-1.b node-1", "node-1.b node-1")]
    [InlineData("node-1", null, "### BEGIN KUBEASZ MANAGED BLOCK\n10.0.0.1 node-1.a node-1\n### END KUBEASZ MANAGED BLOCK\n", "node-1.a node-1")]
    [InlineData("localhost", "node-1", "127.0.0.1 localhost.localdomain localhost\n", "node-1")]
    [InlineData("localhost.example.org", null, "", "localhost.example.org")]
    [InlineData("10.0.0.1", "node-1", "", "node-1")]
    [InlineData("node_1", null, "", "node_1")]
    [InlineData("node-1", "localhost", "", "node-1")]
    public void Names_are_in_the_order_of_a_row(string host, string? name, string hosts, string names) =>
        Assert.Equal(names, string.Join(' ', NodeIdentity.Of(Facts(host, name).WithFile("/etc/hosts", hosts)).Names));

    [Theory]
    [InlineData("localhost", "'localhost' cannot be mapped, as it stands for the machine itself")]
    [InlineData("LocalHost.LocalDomain", "as it stands for the machine itself")]
    [InlineData("localhost4.localhost", "as it stands for the machine itself")]
    [InlineData("ip6-allnodes", "as it stands for the machine itself")]
    [InlineData("10.0.0.5", "'10.0.0.5' cannot be mapped, as it reads as an address")]
    [InlineData("10", "as it reads as an address")]
    [InlineData("0x7f.1", "as it reads as an address")]
    [InlineData("-node", "as it does not begin and end with a letter or digit")]
    [InlineData("node_", "as it does not begin and end with a letter or digit")]
    [InlineData("n\u00f6de", "as it holds something else than letters, digits, dots, hyphens and underscores")]
    [InlineData("node\n10.0.0.1 github.com", "as it holds something else")]
    [InlineData("a b", "as it holds something else")]
    [InlineData("a#b", "as it holds something else")]
    [InlineData("", "it has no host name")]
    public void A_node_without_a_name_is_refused(string host, string why)
    {
        var error = Expect.Error(ErrorId.NodeIdentityMissing, () => NodeIdentity.Of(Facts(host)));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
        Assert.Equal("Give the node a NodeName, or set its host name.", error.RecommendedAction);
    }

    [Fact]
    public void Long_names_are_refused()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 4)) + ".b";
        Assert.Equal(253, longest.Length);
        Assert.Equal(longest, NodeIdentity.Of(Facts(longest)).Names[0]);
        Assert.DoesNotContain(longest + "c", NodeIdentity.Of(Facts(longest + "c")).Names);
    }

    [Fact]
    public void A_damaged_hosts_file_is_refused() =>
        Expect.Error(ErrorId.InvalidHostsFile, () => NodeIdentity.Of(Facts().WithFile("/etc/hosts", "# END KUBEPREP\n")));

    [Fact]
    public void Its_names_are_the_same_once_its_row_is_in_the_block() => Property.Holds(
        from host in Gen.Elements("node-1", "NODE-1", "node-1.example.org", "db")
        from name in Gen.Elements(null, "node-1", "k8s-1", "node-1.cluster.local")
        from file in HostsFileGenerators.FileWithBlocks
        select (Host: host, Name: name, File: file),
        node =>
        {
            var facts = Facts(node.Host, node.Name);
            var before = NodeIdentity.Of(facts with { Files = new NodeFileCollection(new NodeFile("/etc/hosts", node.File)) });
            var after = HostsDocument.Parse(node.File)
                .WithoutLoopbackNames(before.Names.ToHashSet())
                .WithBlock(HostsMap.Of(before.Entries).Block);
            var again = NodeIdentity.Of(facts with { Files = new NodeFileCollection(new NodeFile("/etc/hosts", after.ToBytes())) });
            Assert.Equal(before.Names, again.Names);
        },
        cases: 500);

    [Fact]
    public void Whatever_a_node_calls_itself_its_rows_are_rows() => Property.Holds(
        from count in Gen.Choose(1, 6)
        from parts in Gen.Elements(
            "a", "node", ".", "-", "_", " ", "\n", "\r", "\t", "#", "\0", "localhost", "1", "10.0.0.1", ":", "\u00e9", "\u0130", "\u212a",
            "\u2028", "\ud800", "# END KUBEPREP\n").ListOf(count)
        select string.Concat(parts),
        host =>
        {
            var identity = NodeIdentity.Of(Facts(host, "k8s-1"));
            Assert.All(identity.Names, name => Assert.Matches("\\A[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\\z", name));
            var map = HostsMap.Of(identity.Entries);
            Assert.Equal([$"10.0.0.1 {string.Join(' ', identity.Names)}"], HostsMapTests.Texts(HostsDocument.Parse(map.Block).BlockEntries));
        },
        cases: 1000);

    private static NodeFacts Facts(string host = "node-1", string? name = null, string address = "10.0.0.1") => SampleNode.Debian with
    {
        Node = new Node("given") { NodeName = name, IPAddress = Words(address) },
        HostName = host,
    };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
