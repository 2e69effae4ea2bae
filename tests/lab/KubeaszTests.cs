namespace KubePrep.Lab.Tests;

/// <summary>The other built-in profile.</summary>
public sealed class KubeaszTests(Lab lab)
{
    [Fact]
    public void A_bare_node_becomes_what_kubeasz_makes_of_it()
    {
        using var site = new Site(lab);

        var row = site.Prepare("--profile", "kubeasz", "--json").Expect(0).Of(site.Node);

        var packages = row.Changes("InstallPackage").Select(change => change.Text("target"));
        var values = row.Changes("SetSysctl").Select(change => (change.Text("target"), change.Text("value")));
        Assert.Equal(
            "Packages=Changed Journal=Changed Swap=Compliant KernelModules=HostOwned Sysctl=Changed Limits=Changed TimeSync=Compliant", row.Summary());
        Assert.All(packages, package => Assert.True(site.Node.HasPackage(package), package));
        Assert.All(values, pair => Assert.Equal(pair.Item2, site.Node.Sysctl(pair.Item1).Replace('\t', ' ')));
        Assert.Equal("65535", site.Node.Sysctl("net.core.somaxconn"));
        Assert.Equal("DefaultLimitNOFILE=100000\n", site.Node.Must("systemctl show --property=DefaultLimitNOFILE"));
        Assert.Equal(
            "Packages=Compliant Journal=Compliant Swap=Compliant KernelModules=HostOwned Sysctl=HostOwned Limits=Compliant TimeSync=Compliant",
            site.Check("--profile", "kubeasz", "--json").Expect(0).Of(site.Node).Summary());
    }
}
