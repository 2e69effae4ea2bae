namespace KubePrep.Core.Tests;

public sealed class CsvInventoryTests
{
    [Fact]
    public void Gives_its_nodes()
    {
        var content = InventorySample.Csv(
            """
            #TYPE System.Management.Automation.PSCustomObject
            "ComputerName","nodename","IP","port","User","IdentityFilePath","Role","Rack"
            "192.0.2.1","cp-1","10.0.0.1 fd00::1","2222","debian","~/k","controlplane;Etcd","r1"

            me@192.0.2.2:22,work-1,,,,,Worker,
            "192.0.2.3"
            ,,"10.0.0.4;10.0.0.5",,,,"TimeServer, Worker",
            """);
        Assert.Equal(
            [
                "192.0.2.1|cp-1|10.0.0.1 fd00::1|2222|debian|~/k|ControlPlane, Etcd",
                "192.0.2.2|work-1||22|me||Worker",
                "192.0.2.3||||||None",
                "10.0.0.4||10.0.0.4 10.0.0.5||||Worker, TimeServer",
            ],
            InventorySample.Show(content));
        Assert.Contains(":2: the column 'Rack' is not used.", Assert.Single(content.Ignored), StringComparison.Ordinal);
        Assert.Empty(content.Warnings);
    }

    [Theory]
    [InlineData("Name\nNode_1", "Node_1||||||None")]
    [InlineData("Name,HostName\nn,h", "h|n|||||None")]
    [InlineData("Name,IP\nn,192.0.2.1", "192.0.2.1|n|192.0.2.1||||None")]
    [InlineData("Name,NodeName\nh,n", "h|n|||||None")]
    [InlineData("HostName,Role\nh,2", "h||||||Worker")]
    [InlineData("HostName,Port\n[::1]:22,23", "::1|||23|||None")]
    [InlineData("HostName,User\nme@h,you", "h||||you||None")]
    [InlineData("IPAddress,IP,HostName\n,192.0.2.1,h", "h||||||None")]
    [InlineData("\ufeffHostName\r\nh\r\n", "h||||||None")]
    [InlineData("HostName,NodeName\n\"h\",\"n\"\n\n \n", "h|n|||||None")]
    [InlineData("HostName,Rack\nh,\"a\nb \"\"c\"\"\"\n", "h||||||None")]
    public void Means_what_rows_mean(string text, string node) => Assert.Equal([node], InventorySample.Show(InventorySample.Csv(text)));

    [Theory]
    [InlineData("", 1, "no header")]
    [InlineData("#TYPE x", 1, "no header")]
    [InlineData("a,b\n", 1, "no column says")]
    [InlineData("Name,name\na,b", 1, "two columns")]
    [InlineData("HostName\n\nh\na,b", 4, "2 fields")]
    [InlineData("HostName,Port\nh,0", 2, "port")]
    [InlineData("HostName,Port\nh,x", 2, "port")]
    [InlineData("HostName,Port\nh,65536", 2, "port")]
    [InlineData("HostName\nh:0", 2, "port")]
    [InlineData("HostName,Role\nh,Master", 2, "'Master' is no role")]
    [InlineData("HostName,Role\nh,3", 2, "'3' is no role")]
    [InlineData("HostName,IP\nh,10.0.0.256", 2, "no IPv4")]
    [InlineData("HostName,NodeName\nh,Node_1", 2, "cannot be a node's name")]
    [InlineData("HostName,Port\n,22", 2, "neither a host name nor an address")]
    [InlineData("HostName,NodeName\na,n\n\nb,n", 4, "also in line 2")]
    [InlineData("HostName\na\n\n\"b", 4, "quotation marks")]
    [InlineData("HostName,Rack\na,\"1\n2\"\nb,c,d", 4, "3 fields")]
    public void Refuses_what_is_no_table_of_nodes(string text, int line, string named) =>
        Assert.Contains(named, InventorySample.Refuses("hosts.csv", text, line).Message, StringComparison.Ordinal);

    [Fact]
    public void Gives_up_soon_on_a_quotation_mark_that_is_never_closed()
    {
        InventorySample.Refuses("hosts.csv", "HostName,Rack\nh,\"" + new string('\n', 4_000_000), 2);
        InventorySample.Refuses("hosts.csv", "HostName,Rack\nx\"y,\"" + new string('\n', 4_000_000), 2);
        InventorySample.Refuses("hosts.csv", "HostName,Rack\nh,\"" + new string('a', 4_000_000), 2);
    }

    [Fact]
    public void Warns_if_there_is_no_row() =>
        Assert.Contains("names no host", Assert.Single(InventorySample.Csv("HostName\n").Warnings), StringComparison.Ordinal);

    [Fact]
    public void Ends_at_ten_thousand_nodes() =>
        InventorySample.Refuses("hosts.csv", "HostName\n" + string.Concat(Enumerable.Repeat("h\n", 10_001)), 10_002);
}
