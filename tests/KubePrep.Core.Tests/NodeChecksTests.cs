using KubePrep.Facts;
using KubePrep.Inventory;
using KubePrep.Preparation;

namespace KubePrep.Core.Tests;

public sealed class NodeChecksTests
{
    private static readonly NodeFacts Good = SampleNode.Debian with { Node = new Node("n1") { Role = NodeRole.ControlPlane } };

    [Fact]
    public void A_good_node_is_not_spoken_of() => Assert.Empty(Check(Good));

    [Fact]
    public void Small_nodes_are_reported_where_the_control_plane_runs()
    {
        var small = Good with { ProcessorCount = 1, MemoryBytes = 1699L << 20 };
        Assert.Equal(
            [
                "[NumCPU] the number of available CPUs, 1, is less than the required 2",
                "[Mem] the system RAM, 1699 MB, is less than the minimum 1700 MB",
            ],
            Check(small));
        Assert.Empty(Check(small with { Node = new Node("n1") { Role = NodeRole.Worker } }));
        Assert.Empty(Check(Good with { MemoryBytes = 1700L << 20 }));
    }

    [Theory]
    [InlineData(1, "version 1")]
    [InlineData(0, "no cgroup hierarchy")]
    public void Old_cgroups_are_reported(int version, string what)
    {
        var warning = Assert.Single(Check(Good with { CgroupVersion = version }));
        Assert.StartsWith("[SystemVerification] ", warning, StringComparison.Ordinal);
        Assert.Contains(what, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_controllers_are_reported() => Assert.Equal(
        ["[SystemVerification] missing cgroup controllers: cpuset, pids"], Check(Good with { CgroupControllers = ["cpu", "memory", "io"] }));

    [Theory]
    [InlineData("5.4.0-150-generic", ProxyMode.Iptables, "older than 5.10")]
    [InlineData("4.19.0", ProxyMode.Nftables, "older than 5.10")]
    [InlineData("5.10.0-35-amd64", ProxyMode.Nftables, "older than 5.13")]
    [InlineData("5.10.0-35-amd64", ProxyMode.Iptables, null)]
    [InlineData("5.13", ProxyMode.Nftables, null)]
    [InlineData("5.9-rc1", ProxyMode.Iptables, "older than 5.10")]
    [InlineData("6.12.1+deb13-amd64", ProxyMode.Nftables, null)]
    [InlineData("unknown", ProxyMode.Nftables, null)]
    public void Old_kernels_are_reported(string kernel, ProxyMode mode, string? what)
    {
        var warnings = Check(Good with { Kernel = kernel }, mode);
        Assert.Equal(what is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains(what!, warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ufw.service")]
    [InlineData("firewalld.service")]
    public void Firewalls_are_reported(string unit)
    {
        var warning = Assert.Single(Check(Good with { Units = [SampleNode.Unit(unit, "active")] }));
        Assert.StartsWith($"[Firewalld] {unit} is active", warning, StringComparison.Ordinal);
        Assert.Empty(Check(Good with { Units = [SampleNode.Unit(unit)] }));
    }

    [Fact]
    public void Untested_releases_and_deprecated_modes_are_reported() => Assert.Equal(
        2, Check(Good with { Release = new DebianRelease("debian", "11", "Debian 11", "") }, ProxyMode.Ipvs).Count);

    [Fact]
    public void Clones_are_reported()
    {
        var first = Identity("a", "10.0.0.5", "52:54:00:00:00:01");
        var second = Identity("b", "10.0.0.5", "52:54:00:00:00:01") with { MachineId = first.MachineId, HostName = "A" };
        Assert.Equal(
            [
                "The nodes a and b have the same machine-id id-of-a", "The nodes a and b have the same host name a",
                "The nodes a and b have the same MAC address 52:54:00:00:00:01", "The nodes a and b have the same address 10.0.0.5",
            ],
            IdentityChecks.Duplicates(first, second));
    }

    [Fact]
    public void Nodes_of_their_own_are_not_reported()
    {
        var bridge = new NetworkInterface("docker0", "02:42:00:00:00:01", ["172.17.0.1", "fe80::1"]);
        var first = Identity("a", "10.0.0.5", "52:54:00:00:00:01");
        var second = Identity("b", "10.0.0.6", "52:54:00:00:00:02");
        Assert.Empty(IdentityChecks.Duplicates(
            first with { Interfaces = [.. first.Interfaces, bridge] }, second with { Interfaces = [.. second.Interfaces, bridge] }));
        Assert.Empty(IdentityChecks.Duplicates(
            first with { MachineId = "", HostName = "", DefaultAddresses = ["fe80::1", "169.254.1.1", "127.0.0.1", "::1", ""] },
            second with { MachineId = "", HostName = "", DefaultAddresses = ["fe80::1", "169.254.1.1", "127.0.0.1", "::1", ""] }));
    }

    [Fact]
    public void Addresses_are_compared_and_not_their_texts()
    {
        var first = Identity("a", "fd00::1", "") with { Node = new Node("a") { IPAddress = ["FD00:0::0001"] }, DefaultAddresses = [] };
        Assert.Equal(["The nodes a and b have the same address fd00::1"], IdentityChecks.Duplicates(first, Identity("b", "fd00::1", "")));
    }

    private static NodeFacts Identity(string name, string address, string mac) => SampleNode.Debian with
    {
        Node = new Node(name),
        HostName = name,
        MachineId = $"id-of-{name}",
        DefaultAddresses = [address],
        Interfaces = [new NetworkInterface("eth0", mac, [address])],
    };

    private static IReadOnlyList<string> Check(NodeFacts facts, ProxyMode mode = ProxyMode.Iptables) =>
        NodeChecks.Warnings(facts, SampleNode.Nothing with { ProxyMode = mode });
}
