using KubePrep.Inventory;

namespace KubePrep.Core.Tests;

public sealed class HostPatternTests
{
    [Theory]
    [InlineData("a", "a", null)]
    [InlineData("a.example.org:22", "a.example.org", "22")]
    [InlineData("192.0.2.1:2222", "192.0.2.1", "2222")]
    [InlineData("2001:db8::1", "2001:db8::1", null)]
    [InlineData("[2001:db8::1]:22", "2001:db8::1", "22")]
    [InlineData("[fe80::1%eth0]:22", "fe80::1%eth0", "22")]
    [InlineData("[fe80::[1:2]]:24", "fe80::1 fe80::2", "24")]
    [InlineData("[a]:22", "a", "22")]
    [InlineData("_a:22", "_a", "22")]
    [InlineData("a_:22", "a_:22", null)]
    [InlineData("-a:22", "-a:22", null)]
    [InlineData("é:22", "é", "22")]
    [InlineData("a:b:22", "a:b:22", null)]
    [InlineData("a:ssh", "a:ssh", null)]
    [InlineData("node[1:3]", "node1 node2 node3", null)]
    [InlineData("node[:2]", "node0 node1 node2", null)]
    [InlineData("node[01:03]:22", "node01 node02 node03", "22")]
    [InlineData("node[8:10]", "node8 node9 node10", null)]
    [InlineData("node[08:10]", "node08 node09 node10", null)]
    [InlineData("node[1:10:4]", "node1 node5 node9", null)]
    [InlineData("[a:c]", "a b c", null)]
    [InlineData("[a:c]:22", "a:22 b:22 c:22", null)]
    [InlineData("[a:e:2]x", "ax cx ex", null)]
    [InlineData("[y:B]", "y z A B", null)]
    [InlineData("[1:2]-[a:b]", "1-a 1-b 2-a 2-b", null)]
    [InlineData("10.0.[0:1].[1:2]:22", "10.0.0.1 10.0.0.2 10.0.1.1 10.0.1.2", "22")]
    public void Stands_for_hosts(string pattern, string names, string? port)
    {
        var parsed = HostPattern.Parse(pattern, Error);
        Assert.Equal(names, string.Join(' ', parsed.Names));
        Assert.Equal(port, parsed.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:")]
    [InlineData("a[")]
    [InlineData("a]1[")]
    [InlineData("a[1]")]
    [InlineData("a[1:]")]
    [InlineData("a[1:2:3:4]")]
    [InlineData("a[1:2:0]")]
    [InlineData("a[1:2:-1]")]
    [InlineData("a[1:2:x]")]
    [InlineData("a[2:1]")]
    [InlineData("a[c:a]")]
    [InlineData("a[a:1]")]
    [InlineData("a[ab:cd]")]
    [InlineData("a[01:100]")]
    [InlineData("a[1:99999999999999999999]")]
    [InlineData("a[1:10001]")]
    [InlineData("a[1:101][1:100]")]
    [InlineData("a\u0001")]
    public void That_makes_no_sense_is_refused(string pattern) =>
        Expect.Error(ErrorId.InvalidInventory, () => HostPattern.Parse(pattern, Error));

    [Fact]
    public void Is_not_too_long() =>
        Expect.Error(ErrorId.InvalidInventory, () => HostPattern.Parse(string.Concat(Enumerable.Repeat("[1:1]", 1000)), Error));

    [Fact]
    public void May_count_to_the_limit() => Assert.Equal(10_000, HostPattern.Parse("a[1:100][1:100]", Error).Names.Count);

    private static KubePrepException Error(string why) => InventoryErrors.Invalid("hosts", 1, why);
}
