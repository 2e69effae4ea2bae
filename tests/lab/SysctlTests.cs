namespace KubePrep.Lab.Tests;

/// <summary>Kernel parameters, now and at boot.</summary>
public sealed class SysctlTests(Lab lab)
{
    [Fact]
    public void A_later_file_that_overrides_a_parameter_is_named_with_its_line()
    {
        using var site = new Site(lab);
        site.Node.WriteFile("/etc/sysctl.d/99-zzz.conf", "# mine\n\nnet.ipv4.ip_forward = 0\n");

        var check = site.Check("--step", "Sysctl", "--json").Expect(1).Of(site.Node);
        var prepare = site.Prepare("--step", "Sysctl", "--json").Expect(1).Of(site.Node);

        Assert.Equal("Drifted", check.Step("Sysctl"));
        Assert.Contains("/etc/sysctl.d/99-zzz.conf:3 sets net.ipv4.ip_forward to '0'", check.Reason("Sysctl"), StringComparison.Ordinal);
        Assert.Equal(("Failed", "StepFailed"), (prepare.Step("Sysctl"), prepare.Error()));
        Assert.Contains("/etc/sysctl.d/99-zzz.conf:3 ", prepare.Reason("Sysctl"), StringComparison.Ordinal);
        Assert.Equal("1", site.Node.Sysctl("net.ipv4.ip_forward"));
        site.Node.Must("rm /etc/sysctl.d/99-zzz.conf");
        Assert.Equal("Compliant", site.Prepare("--step", "Sysctl", "--json").Expect(0).Of(site.Node).Status());
    }

    [Fact]
    public void A_value_above_the_minimum_is_kept_now_and_at_boot_and_one_below_is_raised()
    {
        using var site = new Site(lab, 2);
        var (high, low) = (site.Nodes[0], site.Nodes[1]);
        var profile = site.Profile("sysctl:\n  net.core.somaxconn: {atLeast: 5000}\n");
        high.Must("sysctl -w net.core.somaxconn=9999");
        low.Must("sysctl -w net.core.somaxconn=100");

        var rows = site.Prepare("--profile", profile, "--json").Expect(0);

        Assert.Equal(("9999", "5000"), (high.Sysctl("net.core.somaxconn"), low.Sysctl("net.core.somaxconn")));
        Assert.Contains("net.core.somaxconn = 9999\n", high.ReadFile(NodeState.SysctlFile), StringComparison.Ordinal);
        Assert.Contains("net.core.somaxconn = 5000\n", low.ReadFile(NodeState.SysctlFile), StringComparison.Ordinal);
        Assert.Empty(rows.Of(high).Changes("SetSysctl"));
        high.Must("sysctl -w net.core.somaxconn=100; /usr/lib/systemd/systemd-sysctl || true");
        Assert.Equal("9999", high.Sysctl("net.core.somaxconn"));
    }

    [Fact]
    public void A_live_value_is_restored_and_the_file_left_alone()
    {
        using var site = new Site(lab);
        site.Prepare("--step", "Sysctl").Expect(0);
        var before = site.Node.TakeManifest();
        site.Node.Must("sysctl -w net.ipv4.ip_forward=0");
        Assert.Equal("Drifted", site.Check("--step", "Sysctl", "--json").Expect(1).Of(site.Node).Step("Sysctl"));

        var row = site.Prepare("--step", "Sysctl", "--json").Expect(0).Of(site.Node);

        Assert.Equal("net.ipv4.ip_forward", Assert.Single(row.Changes()).Text("target"));
        Assert.Equal("1", site.Node.Sysctl("net.ipv4.ip_forward"));
        Assert.Empty(site.Node.TakeManifest().WritesSince(before));
    }
}
