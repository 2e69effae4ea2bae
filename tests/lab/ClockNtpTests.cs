namespace KubePrep.Lab.Tests;

/// <summary>Machines with wrong clocks are brought to the time of an NTP server, and it is said when that does not answer.</summary>
[Collection(typeof(SharedClocks))]
public sealed class ClockNtpTests(Lab lab, ClockMachines machines)
{
    private const string Unit = "/etc/systemd/system/chronyd.service";
    private const string Configuration = "/etc/chrony/chrony.conf";

    /// <summary>One story, as each of its parts begins where the one before has ended.</summary>
    [Fact]
    public void Wrong_clocks_are_synchronized_and_stay_so_as_long_as_the_server_answers()
    {
        var site = machines.In(lab);
        var (server, bare, other) = (site.Machines[0], site.Machines[1], site.Machines[2]);
        Prepare(site);
        var (unit, configuration) = (other.ReadFile(Unit), other.ReadFile(Configuration));

        var first = site.Controller.SyncTime([bare, other], "--ntp-server", server.Address).Expect(0);

        Assert.All(first.Rows, row => Assert.Equal("Changed", row.Status()));
        AssertSynchronized(site, bare, other);
        bare.Must("cmp /etc/chrony/chrony.conf /usr/share/chrony/chrony.conf");
        // those of a unit are found by their processes too
        Assert.Equal("1\n", other.Must("ps -eo unit=,comm= | grep -E 'chronyd|systemd-timesyn|ntpd' | cut -d ' ' -f 1 | sort -u | wc -l"));
        other.Must($"test ! -e {Unit}");
        Assert.Equal(unit, other.ReadFile($"/var/backups/kubeprep{Unit}"));
        Assert.Equal(configuration, other.ReadFile(Configuration));

        var traces = (ClockSite.Traces(bare), ClockSite.Traces(other));
        var second = site.Controller.SyncTime([bare, other], "--ntp-server", server.Address).Expect(0);

        Assert.All(second.Rows, row => Assert.Equal(("Compliant", 0), (row.Status(), row.Changes().Count)));
        Assert.Equal(traces, (ClockSite.Traces(bare), ClockSite.Traces(other)));

        // a boot takes as long as to find out that nobody answers
        Parallel.Invoke(bare.Reboot, () => AssertSilenceIsNoSuccess(site, other, server));
        Wait.Until(() => site.Controller.Time([bare]).Of(bare).Verdict() == "Synchronized", $"{bare} is synchronized again");
        AssertSynchronized(site, bare);
    }

    /// <summary>
    /// The server follows itself; one machine has nothing and is late; and one is early, as two daemons set its clock: Debian's own, and one
    /// that somebody copied there.
    /// </summary>
    private static void Prepare(ClockSite site)
    {
        var (server, bare, other) = (site.Machines[0], site.Machines[1], site.Machines[2]);
        ClockSite.Quiet(server);
        ClockSite.Bare(bare, other);
        Parallel.Invoke(() => ClockSite.Serve(server), () => ClockSite.Add(other, "systemd-timesyncd"));
        LeaveBehind(other, server);
        site.SetOffsets((server, 0), (bare, -90), (other, 90));

        var before = site.Controller.Time([server, bare, other]).Expect(1);

        Assert.All(before.Rows, row => Assert.Equal("Kvm", row.Text("machine")));
        Assert.Equal(["Unsynchronized", "Unsynchronized", "Conflict"], before.Rows.Select(row => row.Verdict()));
        Assert.Contains("chronyd.service", before.Of(other).Text("reason"), StringComparison.Ordinal);
        Assert.Contains("systemd-timesyncd.service", before.Of(other).Text("reason"), StringComparison.Ordinal);
        Assert.Equal(["chronyd.service", "systemd-timesyncd.service"], before.Of(other).RunningDaemons().Order(StringComparer.Ordinal));
        Assert.InRange(before.Of(bare).Offset(), -92, -88);
        Assert.InRange(before.Of(other).Offset(), 88, 92);
        Assert.Equal("ClockBeyondLimit", before.Of(bare).ErrorId());
    }

    /// <summary>Machines are kept by one daemon each; the server itself has nothing to follow.</summary>
    private static void AssertSynchronized(ClockSite site, params Machine[] followers)
    {
        var server = site.Machines[0];
        // that the server is not synchronized is said with 1
        var time = site.Controller.Time([server, .. followers]).Expect(1);

        Assert.Equal("Unsynchronized", time.Of(server).Verdict());
        Assert.Contains("own clock", time.Of(server).Text("reason"), StringComparison.Ordinal);
        Assert.All(followers, follower =>
        {
            var row = time.Of(follower);
            row.ExpectFollows(server.Address);
            row.ExpectNear(time.Of(server), 0.1);
            Assert.Single(row.RunningDaemons());
            Assert.Single(ClockSite.Running(follower));
        });
    }

    /// <summary>Fails unless a machine that nobody answers any more is found so, and to synchronize it is no success.</summary>
    private static void AssertSilenceIsNoSuccess(ClockSite site, Machine machine, Machine server)
    {
        AssertSilenceIsSeen(site, machine, server);

        var result = site.Controller.SyncTime([machine], "--ntp-server", server.Address);

        Assert.True(result.ExitCode is 1 or 4, result.ToString());
        Assert.Equal(("Failed", "ClockNotSynchronized"), (result.Of(machine).Status(), result.Of(machine).Error()));
        Assert.Contains("UDP port 123", result.Of(machine).ErrorText(), StringComparison.Ordinal);
        Assert.Contains(server.Address, result.Of(machine).ErrorText(), StringComparison.Ordinal);
    }

    private static void AssertSilenceIsSeen(ClockSite site, Machine machine, Machine server)
    {
        ClockSite.BlockNtp(machine);
        ClockSite.RestartDaemon(machine);

        var row = site.Controller.Time([machine]).Expect(1).Of(machine);

        Assert.Equal(("Unsynchronized", false), (row.Verdict(), row.GetProperty("answersNtp").GetBoolean()));
        Assert.Contains("UDP port 123", row.Text("reason"), StringComparison.Ordinal);
        Assert.Contains(server.Address, row.Text("reason"), StringComparison.Ordinal);
    }

    /// <summary>A program beside the packaged one's place, its unit and its settings, none of them a package's; it runs.</summary>
    private static void LeaveBehind(Machine machine, Machine server)
    {
        machine.WriteFile(
            Unit,
            """
            [Unit]
            Description=Time for the cluster
            After=network.target
            [Service]
            Type=forking
            ExecStart=/usr/sbin/chronyd -f /etc/chrony/chrony.conf
            [Install]
            WantedBy=multi-user.target

            """);
        machine.Must("mkdir -p /etc/chrony");
        machine.WriteFile(Configuration, $"user root\nserver {server.Address}\nmakestep 1.0 3\nrtcsync\n");
        machine.Must(
            """
            cd "$(mktemp --directory)"
            apt-get download --quiet chrony
            dpkg --extract chrony_*.deb unpacked
            install -m 755 unpacked/usr/sbin/chronyd /usr/sbin/chronyd
            rm -r "$PWD"
            systemctl daemon-reload
            systemctl enable --quiet --now chronyd.service
            systemctl is-active chronyd.service systemd-timesyncd.service
            """);
    }
}
