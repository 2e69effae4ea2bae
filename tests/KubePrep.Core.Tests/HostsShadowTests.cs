using KubePrep.HostsFile;
using static KubePrep.Core.Tests.HostsFileGenerators;

namespace KubePrep.Core.Tests;

public sealed class HostsShadowTests
{
    private static readonly HostsMap Map = HostsMap.Of(HostsMapTests.Entries("10.0.0.1 node-1,fd00::1 node-1,10.0.0.2 node-2"));

    [Theory]
    [InlineData("127.0.0.1 localhost node-1\n", "Line 1 of /etc/hosts maps node-1 to 127.0.0.1, and the hosts map to 10.0.0.1, fd00::1")]
    [InlineData("\n127.0.1.1 NODE-2 db\n", "Line 2 of /etc/hosts maps NODE-2 to 127.0.1.1, and the hosts map to 10.0.0.2")]
    [InlineData("::1 node-2 Node-2", "Line 1 of /etc/hosts maps node-2 to ::1, and the hosts map to 10.0.0.2")]
    [InlineData(Block + "10.0.0.9 node-2", "Line 5 of /etc/hosts maps node-2 to 10.0.0.9, and the hosts map to 10.0.0.2")]
    public void Rows_that_say_something_else_are_named(string content, string warning) =>
        Assert.Equal([warning], HostsShadow.Warnings(HostsDocument.Parse(Bytes(content)), Map));

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.1 node-1 db\nfd00::1 node-1\n::ffff:10.0.0.1 node-1\n")]
    [InlineData("10.0.0.9 gpu-node-1 node-10 node\n")]
    [InlineData("#127.0.1.1 node-1\n127.0.0.1 localhost # node-1\n")]
    [InlineData("# BEGIN KUBEPREP\n10.0.0.9 node-1\n# END KUBEPREP\n")]
    public void Other_rows_are_not(string content) => Assert.Empty(HostsShadow.Warnings(HostsDocument.Parse(Bytes(content)), Map));

    [Fact]
    public void Many_are_counted()
    {
        var warnings = HostsShadow.Warnings(HostsDocument.Parse(Bytes(string.Concat(Enumerable.Repeat("10.0.0.9 node-1 node-2\n", 4)))), Map);
        Assert.Equal(6, warnings.Count);
        Assert.Equal("/etc/hosts has 3 more such names", warnings[^1]);
    }
}
