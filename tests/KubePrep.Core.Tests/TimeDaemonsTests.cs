using KubePrep.Facts;
using KubePrep.TimeSync;
using static KubePrep.Core.Tests.TimeSamples;

namespace KubePrep.Core.Tests;

/// <summary>Which time daemons a node has.</summary>
public sealed class TimeDaemonsTests
{
    [Fact]
    public void An_alias_is_one_with_its_unit()
    {
        var facts = Qemu.WithChrony(ChronyClient);
        var daemon = Assert.Single(TimeDaemons.Of(facts with { Units = [.. facts.Units, .. facts.Units] }));
        Assert.Equal(new TimeDaemon(TimeDaemonKind.Chrony, "chrony.service") { IsEnabled = true, IsRunning = true, State = ChronyClient }, daemon);
    }

    [Fact]
    public void A_unit_beside_the_packages_is_another_daemon()
    {
        var daemons = TimeDaemons.Of(Qemu.WithOwnChronyd(ChronyClient).WithChrony(null, "failed"));
        Assert.Equal(["chrony.service", "chronyd.service"], daemons.Select(daemon => daemon.Unit));
        Assert.Equal([false, true], daemons.Select(daemon => daemon.IsRunning));
        Assert.All(daemons, daemon => Assert.True(daemon.IsSelfInstalled)); // the program of both is foreign
        Assert.Equal("it failed (exit-code)", daemons[0].Problem);
    }

    [Theory]
    [InlineData("/usr/sbin/ntpd -p /run/ntpd.pid -c /etc/ntpsec/ntp.conf -g -N -u ntpsec:ntpsec", "", TimeDaemonKind.Ntpsec)]
    [InlineData("/usr/sbin/ntpd -p /var/run/ntpd.pid -g -u 112:117", "", TimeDaemonKind.Ntp)]
    [InlineData("/usr/sbin/ntpd -g", "ntpsec", TimeDaemonKind.Ntpsec)]
    [InlineData("/usr/sbin/ntpd -f /etc/openntpd/ntpd.conf", "", TimeDaemonKind.OpenNtpd)]
    [InlineData("ntpd: ntp engine", "ntpsec", TimeDaemonKind.OpenNtpd)]
    public void Daemons_of_one_name_are_told_apart(string command, string package, TimeDaemonKind kind)
    {
        var facts = (Qemu with { Packages = [new PackageState(package, "1", "ii")] }).WithProcess("ntpd", "", command);
        Assert.Equal(new TimeDaemon(kind, "") { IsRunning = true, IsSelfInstalled = true }, Assert.Single(TimeDaemons.Of(facts)));
    }

    [Fact]
    public void The_processes_of_one_daemon_are_one()
    {
        var facts = Qemu.WithProcess("chronyd", "", "chronyd").WithProcess("chronyd", "", "chronyd -F 1");
        Assert.Single(TimeDaemons.Of(facts));
    }

    [Fact]
    public void A_unit_that_only_watches_the_clock_does_not_run()
    {
        var watching = Qemu.WithUnit("chrony.service", "active").WithProcess("chronyd", "chrony.service", "/usr/sbin/chronyd -x", ChronyClient);
        var expected = new TimeDaemon(TimeDaemonKind.Chrony, "chrony.service") { IsEnabled = true, Problem = "it runs, but only watches the clock" };
        Assert.Equal(expected, Assert.Single(TimeDaemons.Of(watching)));
        // one that has given up the right to set the clock is not in the list of processes
        Assert.Equal(expected, Assert.Single(TimeDaemons.Of(Container.WithUnit("chrony.service", "active"))));
    }

    [Fact]
    public void Where_processes_are_hidden_from_a_user_the_unit_is_believed()
    {
        var hidden = Qemu.WithUnit("chrony.service", "active");
        Assert.True(Assert.Single(TimeDaemons.Of(hidden with { IsRoot = false })).IsRunning);
        Assert.False(Assert.Single(TimeDaemons.Of(hidden)).IsRunning);
    }

    [Fact]
    public void A_unit_that_is_not_there_is_no_daemon()
    {
        Assert.Empty(TimeDaemons.Of(Qemu.WithUnit("ntp.service", load: "not-found", file: "", fragment: "")));
        Assert.Single(TimeDaemons.Of(Qemu.WithUnit("ntp.service", "active", load: "not-found", file: "", fragment: "")));
    }

    [Fact]
    public void A_masked_unit_is_a_daemon_where_its_package_is_installed()
    {
        var masked = Qemu.WithUnit("chrony.service", load: "masked", file: "masked", fragment: "/etc/systemd/system/chrony.service");
        Assert.Empty(TimeDaemons.Of(masked));
        var installed = masked with { Packages = [new PackageState("chrony", "4.3-2", "ii")] };
        Assert.Equal(new TimeDaemon(TimeDaemonKind.Chrony, "chrony.service") { Problem = "it is masked" }, Assert.Single(TimeDaemons.Of(installed)));
        var alias = installed.WithUnit("chronyd.service", "active").WithProcess("chronyd", "chronyd.service", "chronyd");
        Assert.Equal("chronyd.service", Assert.Single(TimeDaemons.Of(alias)).Unit);
    }
}
