using KubePrep.Facts;
using KubePrep.TimeSync;
using static KubePrep.Core.Tests.TimeSamples;

namespace KubePrep.Core.Tests;

/// <summary>What the facts of each kind of node say of its clock.</summary>
public sealed class TimeSyncJudgeTests
{
    private const string Ptp = "Set-KpTimeSync -Source Ptp (kubeprep sync-time --source ptp)";
    private const string Cluster = "Set-KpTimeSync -Source Cluster (kubeprep sync-time --source cluster)";

    [Theory]
    [InlineData("none", "none", MachineKind.BareMetal)]
    [InlineData("kvm", "none", MachineKind.Kvm)]
    [InlineData("qemu", "none", MachineKind.Kvm)]
    [InlineData("amazon", "none", MachineKind.Kvm)]
    [InlineData("google", "none", MachineKind.Kvm)]
    [InlineData("bochs", "none", MachineKind.Kvm)]
    [InlineData("microsoft", "none", MachineKind.HyperV)]
    [InlineData("vmware", "none", MachineKind.VMware)]
    [InlineData("oracle", "none", MachineKind.OtherVirtual)]
    [InlineData("xen", "none", MachineKind.OtherVirtual)]
    [InlineData("kvm", "lxc", MachineKind.Container)]
    [InlineData("none", "systemd-nspawn", MachineKind.Container)]
    public void Machines_are_told_apart(string virtualization, string container, MachineKind kind) =>
        Assert.Equal(kind, MachineKinds.Of(SampleNode.Debian with { Virtualization = virtualization, Container = container }));

    // the table's rows: what keeps the clock

    [Fact]
    public void A_container_whose_host_keeps_time_is_synchronized()
    {
        var judgement = AssertSynchronized(Container, "the container's host", isTraceable: true);
        Assert.Contains("systemd-nspawn", judgement.Reason, StringComparison.Ordinal);
        Assert.Empty(judgement.WayOut);
    }

    [Theory]
    [InlineData(false, "says that it is not synchronized")]
    [InlineData(null, "does not tell")]
    public void A_container_whose_host_does_not_keep_time_cannot_be_mended_from_inside(bool? kernel, string why)
    {
        var judgement = AssertVerdict(Container.WithKernel(kernel), TimeSyncVerdict.Impossible, why);
        Assert.Equal("Synchronize the container's host: a time daemon in here could not set the clock.", judgement.WayOut);
    }

    [Fact]
    public void A_container_that_may_set_the_clock_and_does_is_judged_like_a_machine()
    {
        var container = Container.WithKernel(false).WithTime(time => time with { CanSetClock = true });
        AssertSynchronized(container.WithChrony(ChronyClient), "10.77.250.90", isTraceable: true);
        AssertVerdict(container.WithChrony(ChronyFresh), TimeSyncVerdict.Impossible, "container's host");
        AssertVerdict(container.WithChrony(ChronyLocal), TimeSyncVerdict.Unsynchronized, "local stratum");
    }

    [Fact]
    public void A_machine_whose_root_may_not_set_the_clock_counts_like_a_container()
    {
        var machine = Qemu.WithTime(time => time with { CanSetClock = false });
        AssertVerdict(machine, TimeSyncVerdict.Impossible, "Root may not set the clock here");
        AssertSynchronized(machine.WithKernel(true), "the machine's host", isTraceable: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_the_clock_is_a_hosts_no_server_is_asked_in_vain(bool isContainer)
    {
        var facts = isContainer ? Container.WithKernel(false) : Qemu.WithTime(time => time with { CanSetClock = false });
        // there is no connection that it could be asked by
        Assert.Same(facts, TimeInspector.WithAnswers(facts, null!, ["192.0.2.1"], CancellationToken.None));
    }

    [Fact]
    public void Timesyncd_with_a_server_keeps_the_clock()
    {
        var judgement = AssertSynchronized(Qemu.WithTimesyncd(TimesyncdClient).WithKernel(true), "10.77.250.90", isTraceable: true);
        Assert.Equal("systemd-timesyncd.service follows 10.77.250.90", judgement.Reason);
    }

    [Fact]
    public void Timesyncd_without_an_answer_does_not() =>
        AssertVerdict(
            Qemu.WithTimesyncd(TimesyncdFresh),
            TimeSyncVerdict.Unsynchronized,
            "systemd-timesyncd.service runs, but is not synchronized");

    [Fact]
    public void Chrony_with_a_server_keeps_the_clock() =>
        AssertSynchronized(Qemu.WithChrony(ChronyClient), "10.77.250.90", isTraceable: true);

    [Fact]
    public void What_follows_a_server_that_follows_itself_is_not_traceable()
    {
        var judgement = AssertSynchronized(Qemu.WithChrony(ChronyOfLocalServer), "10.77.250.90", isTraceable: false);
        Assert.Contains("nothing but its own clock", judgement.Reason, StringComparison.Ordinal);
        AssertSynchronized(Qemu.WithTimesyncd(TimesyncdOfLocalServer), "10.77.250.90", isTraceable: false);
    }

    [Fact]
    public void The_clock_of_KVM_is_followed_by_name()
    {
        var followed = KvmWithClock.WithChrony(ChronyOfReferenceClock)
            .WithDropIn("refclock PHC /dev/ptp_kvm poll 2 dpoll -2 offset 0 stratum 2");
        AssertSynchronized(followed, "KVM virtual PTP (PHC0)", isTraceable: true);
    }

    [Fact]
    public void A_reference_clock_that_no_configuration_tells_of_is_called_as_chrony_does() =>
        AssertSynchronized(KvmWithClock.WithChrony(ChronyOfReferenceClock), "PHC0", isTraceable: true);

    [Fact]
    public void Where_KVM_offers_its_clock_it_is_the_way_out()
    {
        Assert.Equal($"{Ptp} follows the hypervisor's clock.", Judge(KvmWithClock).WayOut);
        Assert.StartsWith($"{Ptp} follows the hypervisor's clock, if the host offers it; ", Judge(Kvm).WayOut, StringComparison.Ordinal);
        Assert.DoesNotContain("-Source Ptp", Judge(Qemu).WayOut, StringComparison.Ordinal);
        Assert.Contains(
            $", or do without them: {Ptp}",
            Judge(KvmWithClock.WithChrony(ChronyFresh).Answering(NtpOutcome.Silent, "a")).WayOut,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_clock_of_HyperV_is_found_beside_a_network_cards()
    {
        Assert.Equal($"{Ptp} follows the hypervisor's clock.", Judge(HyperV).WayOut);
        var cardOnly = HyperV.WithTime(time => time with { PtpClocks = [.. time.PtpClocks.Where(clock => clock.Name != "hyperv")] });
        Assert.DoesNotContain("-Source Ptp", Judge(cardOnly).WayOut, StringComparison.Ordinal);
        var followed = HyperV.WithChrony(ChronyOfReferenceClock)
            .WithDropIn("refclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0 stratum 2");
        AssertSynchronized(followed, "hyperv (PHC0)", isTraceable: true);
    }

    [Fact]
    public void VMware_Tools_alone_keep_the_clock() =>
        AssertSynchronized(VMware.WithTime(time => time with { IsToolsSyncEnabled = true }), "VMware Tools", isTraceable: true);

    [Fact]
    public void VMware_Tools_that_are_off_are_offered_where_NTP_is_blocked()
    {
        var blocked = VMware.WithChrony(ChronyFresh).Answering(NtpOutcome.Silent, "2.debian.pool.ntp.org");
        var judgement = AssertVerdict(blocked, TimeSyncVerdict.Unsynchronized, "UDP port 123");
        Assert.Contains("vmware-toolbox-cmd timesync enable", judgement.WayOut, StringComparison.Ordinal);
        Assert.DoesNotContain("-Source Ptp", judgement.WayOut, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clouds_own_server_is_named()
    {
        AssertSynchronized(Amazon.WithChrony(Following("169.254.169.123", 3)), "169.254.169.123", isTraceable: true);
        AssertSynchronized(Google.WithChrony(Following("169.254.169.254", 2)), "169.254.169.254", isTraceable: true);
        Assert.Contains("-NtpServer 169.254.169.123 (kubeprep sync-time --ntp-server 169.254.169.123)", Judge(Amazon).WayOut, StringComparison.Ordinal);
        Assert.Contains("-NtpServer metadata.google.internal (", Judge(Google).WayOut, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_NTP_and_a_hypervisors_clock_the_cluster_can_keep_its_own_time()
    {
        var isolated = (SampleNode.Debian with { Time = new TimeFacts() }).WithChrony(ChronyFresh).Answering(NtpOutcome.Silent, "a", "b");
        var judgement = AssertVerdict(
            isolated,
            TimeSyncVerdict.Unsynchronized,
            "none of its servers (a, b) answers at UDP port 123; a firewall may drop it");
        Assert.Equal(
            "Let the node reach them at UDP port 123, name others with Set-KpTimeSync -NtpServer SERVER (kubeprep sync-time --ntp-server SERVER), "
            + $"or let the cluster keep its own time with {Cluster}.",
            judgement.WayOut);
    }

    [Fact]
    public void A_server_of_the_clusters_own_time_is_synchronized_and_not_traceable()
    {
        var server = Qemu.WithChrony(ChronyLocal);
        AssertSynchronized(server.WithDropIn("server 10.0.0.2 iburst", "local stratum 10 orphan"), "its own clock, for the cluster", isTraceable: false);

        AssertVerdict(server.WithDropIn("server 10.0.0.2 iburst"), TimeSyncVerdict.Unsynchronized, "local stratum");
        AssertVerdict(server.WithFile(DropIn, "local stratum 10 orphan\n"), TimeSyncVerdict.Unsynchronized, "local stratum");
    }

    [Fact]
    public void Two_daemons_that_run_are_a_conflict()
    {
        var both = Qemu.WithTimesyncd(TimesyncdClient).WithOwnChronyd(ChronyClient);
        var judgement = AssertVerdict(
            both,
            TimeSyncVerdict.Conflict,
            "chronyd.service and systemd-timesyncd.service set the clock against each other");
        Assert.Equal("Set-KpTimeSync (kubeprep sync-time) keeps one of them and disables the others.", judgement.WayOut);
    }

    [Fact]
    public void A_daemon_that_would_start_beside_the_running_one_is_a_conflict()
    {
        var waiting = Qemu.WithOwnChronyd(ChronyClient).WithTimesyncd(null, "inactive");
        AssertVerdict(
            waiting,
            TimeSyncVerdict.Conflict,
            "chronyd.service sets the clock, and from the next boot on systemd-timesyncd.service would too");

        var disabled = Qemu.WithOwnChronyd(ChronyClient).WithTimesyncd(null, "inactive", "disabled");
        AssertVerdict(disabled, TimeSyncVerdict.Synchronized, "10.77.250.90");
        AssertVerdict(waiting.Where(TimesyncdUnit, unit => unit with { IsSkipped = true }), TimeSyncVerdict.Synchronized, "10.77.250.90");
        AssertVerdict(
            waiting.Where(TimesyncdUnit, unit => unit with { LoadState = "masked", UnitFileState = "masked" }),
            TimeSyncVerdict.Synchronized,
            "10.77.250.90");
    }

    [Fact]
    public void A_daemon_that_only_watches_is_no_second_one()
    {
        var watched = Qemu.WithTimesyncd(TimesyncdClient).WithProcess("chronyd", "", "/usr/sbin/chronyd -x");
        AssertSynchronized(watched, "10.77.250.90", isTraceable: true);

        var unit = Qemu.WithUnit(ChronyUnit, "active")
            .WithProcess("chronyd", ChronyUnit, "/usr/sbin/chronyd -x", ChronyClient);
        AssertSynchronized(unit.WithTimesyncd(TimesyncdClient), "10.77.250.90", isTraceable: true);
        AssertSynchronized(unit.WithKernel(true), "something outside of the known daemons", isTraceable: false);
        AssertVerdict(unit, TimeSyncVerdict.Unsynchronized, "chrony.service does not keep the clock: it runs, but only watches the clock");
    }

    [Fact]
    public void Programs_of_no_unit_count()
    {
        var stray = Qemu.WithTimesyncd(TimesyncdClient).WithProcess("chronyd", "", "/usr/local/sbin/chronyd");
        AssertVerdict(stray, TimeSyncVerdict.Conflict, "systemd-timesyncd.service and chronyd (of no unit)");
        AssertSynchronized(
            Qemu.WithProcess("chronyd", "", "/usr/local/sbin/chronyd", ChronyClient), "10.77.250.90", isTraceable: true);
    }

    [Fact]
    public void Something_else_may_keep_the_clock()
    {
        var judgement = AssertSynchronized(Qemu.WithKernel(true), "something outside of the known daemons", isTraceable: false);
        Assert.Contains("No known daemon runs", judgement.Reason, StringComparison.Ordinal);
        AssertVerdict(
            Qemu.WithChrony(null, "inactive", "disabled").WithKernel(true), TimeSyncVerdict.Unsynchronized, "is installed, but neither enabled nor running");
    }

    [Fact]
    public void A_kernel_that_was_told_some_hours_ago_does_not_make_up_for_a_daemon_that_failed()
    {
        var failed = Qemu.WithChrony(null, "failed").WithKernel(true);
        AssertVerdict(
            failed,
            TimeSyncVerdict.Unsynchronized,
            "chrony.service does not keep the clock: it failed (exit-code); the kernel says for some hours yet");
        AssertVerdict(Qemu.WithChrony(null, "inactive").WithKernel(true), TimeSyncVerdict.Unsynchronized, "is enabled, but does not run");
    }

    [Fact]
    public void A_daemon_that_cannot_be_asked_is_judged_by_the_kernel()
    {
        AssertSynchronized(Qemu.WithChrony(null).WithKernel(true), ChronyUnit, isTraceable: false);
        AssertVerdict(Qemu.WithChrony(null), TimeSyncVerdict.Unsynchronized, "the kernel does not say that the clock is synchronized");
    }

    // why a clock is not kept, by what its servers answer

    [Theory]
    [InlineData(NtpOutcome.Silent, "none of its servers (a, b) answers at UDP port 123; a firewall may drop it", "UDP port 123")]
    [InlineData(NtpOutcome.NameUnknown, "the names of its servers (a, b) cannot be resolved on the node", "Mend the node's DNS")]
    [InlineData(NtpOutcome.Unusable, "its servers (a, b) answer that they are not synchronized themselves", "Mend them")]
    [InlineData(NtpOutcome.Answered, "its servers (a, b) answer now, and it is still measuring", "Give it some minutes")]
    public void What_the_servers_answer_is_the_reason(NtpOutcome outcome, string why, string wayOut)
    {
        var fresh = Qemu.WithChrony(ChronyFresh).Answering(outcome, "a", "b");
        var judgement = AssertVerdict(fresh, TimeSyncVerdict.Unsynchronized, $"chrony.service runs, but is not synchronized, and {why}");
        Assert.Contains(wayOut, judgement.WayOut, StringComparison.Ordinal);
    }

    [Fact]
    public void Servers_that_answer_differently_are_each_named()
    {
        var fresh = Qemu.WithChrony(ChronyFresh)
            .Answering(NtpOutcome.Silent, "a", "b").Answering(NtpOutcome.NameUnknown, "c").Answering(NtpOutcome.Unusable, "d");
        AssertVerdict(
            fresh,
            TimeSyncVerdict.Unsynchronized,
            "none of its servers can be used: no answer at UDP port 123 from a, b; no address for c; not synchronized itself, or refusing: d");
    }

    [Fact]
    public void A_server_that_is_taken_for_wrong_is_named()
    {
        var rejecting = ChronyFresh with { Sources = [new TimeSource("10.0.0.9") { IsRejected = true, Reach = 0xFF }] };
        AssertVerdict(
            Qemu.WithChrony(rejecting).Answering(NtpOutcome.Answered, "10.0.0.9"),
            TimeSyncVerdict.Unsynchronized,
            "its servers (10.0.0.9) answer, but it takes 10.0.0.9 for wrong");
    }

    [Fact]
    public void A_daemon_without_servers_says_so() =>
        AssertVerdict(Qemu.WithChrony(ChronyFresh), TimeSyncVerdict.Unsynchronized, "and it has no source");

    // why no daemon runs

    [Fact]
    public void Without_a_daemon_there_is_one_to_be_installed()
    {
        var judgement = AssertVerdict(Qemu, TimeSyncVerdict.Unsynchronized, "No time daemon is installed");
        Assert.StartsWith("Set-KpTimeSync (kubeprep sync-time) sets up what can keep it; ", judgement.WayOut, StringComparison.Ordinal);
    }

    [Fact]
    public void A_daemon_that_is_not_used_is_named() => AssertVerdict(
        Qemu.WithChrony(null, "inactive", "disabled"), TimeSyncVerdict.Unsynchronized, "chrony.service is installed, but neither enabled nor running");

    [Fact]
    public void A_daemon_that_does_not_come_up_is_named() => AssertVerdict(
        Qemu.WithChrony(null, "activating"), TimeSyncVerdict.Unsynchronized, "chrony.service does not keep the clock: it does not come up");

    [Fact]
    public void A_masked_daemon_has_to_be_unmasked_first()
    {
        var masked = Qemu.WithChrony(null, "inactive")
            .Where(ChronyUnit, unit => unit with { LoadState = "masked", UnitFileState = "masked", FragmentPath = "/etc/systemd/system/chrony.service" });
        var judgement = AssertVerdict(masked, TimeSyncVerdict.Unsynchronized, "chrony.service does not keep the clock: it is masked");
        Assert.StartsWith("Unmask it on the node", judgement.WayOut, StringComparison.Ordinal);
    }

    // the causes for which setting up chrony everywhere is known not to work

    [Fact] // a
    public void A_unit_that_failed_for_want_of_iptables_is_named_with_its_result() => AssertVerdict(
        Qemu.WithOwnChronyd(null, "failed"), TimeSyncVerdict.Unsynchronized, "chronyd.service does not keep the clock: it failed (exit-code)");

    [Fact] // b
    public void A_second_chronyd_beside_the_packages_is_a_conflict() => AssertVerdict(
        Qemu.WithChrony(ChronyClient).WithOwnChronyd(null, "failed"),
        TimeSyncVerdict.Conflict,
        "chrony.service sets the clock, and from the next boot on chronyd.service would too");

    [Fact] // c
    public void A_unit_that_systemd_skips_in_a_container_is_not_what_is_said()
    {
        var skipped = Container.WithKernel(false).WithOwnChronyd(null, "inactive").Where("chronyd.service", unit => unit with { IsSkipped = true });
        AssertVerdict(skipped, TimeSyncVerdict.Impossible, "The clock is that of the container's host");
        AssertSynchronized(skipped.WithKernel(true), "the container's host", isTraceable: true);
    }

    [Fact] // c, on a machine
    public void A_unit_that_systemd_skips_on_a_machine_is_named() => AssertVerdict(
        Qemu.WithTimesyncd(null, "inactive").Where(TimesyncdUnit, unit => unit with { IsSkipped = true }),
        TimeSyncVerdict.Unsynchronized,
        "systemd-timesyncd.service does not keep the clock: systemd skipped it, as a condition in its unit was not met");

    [Fact] // d
    public void A_local_stratum_does_not_hide_that_no_server_answers()
    {
        var hidden = Qemu.WithOwnChronyd(ChronyLocal).WithKernel(true).Answering(NtpOutcome.Silent, "ntp1.example", "ntp2.example");
        AssertVerdict(
            hidden,
            TimeSyncVerdict.Unsynchronized,
            "chronyd.service follows nothing but the node's own clock: a local stratum hides that no server is followed, "
            + "and none of its servers (ntp1.example, ntp2.example) answers at UDP port 123; a firewall may drop it");
    }

    [Fact] // e
    public void An_only_server_that_is_dead_is_named() => AssertVerdict(
        Qemu.WithOwnChronyd(ChronyFresh with { Sources = [new TimeSource("10.0.0.1")] }).Answering(NtpOutcome.Silent, "10.0.0.1"),
        TimeSyncVerdict.Unsynchronized,
        "none of its servers (10.0.0.1) answers");

    [Theory] // f
    [InlineData(5400, "5400.0 s behind")]
    [InlineData(-0.6, "0.600 s ahead")]
    public void A_clock_that_is_not_stepped_after_a_suspension_is_not_kept_yet(double correction, string how)
    {
        var slow = ChronyClient with { Correction = TimeSpan.FromSeconds(correction) };
        var judgement = AssertVerdict(
            Qemu.WithChrony(slow).WithKernel(true), TimeSyncVerdict.Unsynchronized, $"follows 10.77.250.90, but the clock is still {how}");
        Assert.Contains("Set-KpTimeSync (kubeprep sync-time)", judgement.WayOut, StringComparison.Ordinal);
        AssertVerdict(
            Qemu.WithChrony(slow with { Correction = TimeSpan.FromSeconds(0.4) }), TimeSyncVerdict.Synchronized, "follows 10.77.250.90");
    }

    [Fact] // g
    public void VMware_Tools_against_a_daemon_are_a_conflict()
    {
        var both = VMware.WithChrony(ChronyClient).WithTime(time => time with { IsToolsSyncEnabled = true });
        var judgement = AssertVerdict(both, TimeSyncVerdict.Conflict, "VMware Tools set the clock each minute, against chrony.service");
        Assert.Contains("vmware-toolbox-cmd timesync disable", judgement.WayOut, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_a_node_cannot_steer_a_terminal()
    {
        var names = Qemu.WithChrony(Following("a\u001b[2Jb", 2));
        Assert.DoesNotContain('\u001b', Judge(names).Reason + Judge(names).Source);
        Assert.DoesNotContain('\u001b', Judge(Qemu.WithChrony(ChronyFresh).Answering(NtpOutcome.Silent, "a\u001bb")).Reason);
        Assert.DoesNotContain('\u001b', Judge(Container with { Container = "x\u001by" }).Reason);
    }

    [Fact]
    public void Every_judgement_is_made_of_sentences()
    {
        NodeFacts[] machines =
        [
            Qemu, Kvm, KvmWithClock, HyperV, VMware, Amazon, Google,
            Container, SampleNode.Debian,
        ];
        var states = new[] { null, ChronyFresh, ChronyLocal, ChronyClient, ChronyOfReferenceClock };
        foreach (var judgement in machines.Select(machine => machine with { Time = machine.Time ?? new TimeFacts() })
            .SelectMany(machine => states.Select(state => machine.WithChrony(state)).Append(machine).Append(machine.WithTimesyncd(null, "failed")))
            .SelectMany(facts => Enum.GetValues<NtpOutcome>().Select(outcome => facts.Answering(outcome, "a")).Append(facts))
            .Select(Judge))
        {
            Assert.NotEmpty(judgement.Reason);
            Assert.False(judgement.Reason.EndsWith('.'), judgement.Reason);
            Assert.True(char.IsUpper(judgement.Reason[0]) || judgement.Reason.Contains(".service ", StringComparison.Ordinal), judgement.Reason);
            Assert.Equal(judgement.Verdict == TimeSyncVerdict.Synchronized, judgement.WayOut.Length == 0);
            Assert.True(judgement.WayOut.Length == 0 || judgement.WayOut.EndsWith('.'), judgement.WayOut);
            Assert.Equal(judgement.Verdict == TimeSyncVerdict.Synchronized, judgement.Source.Length > 0);
        }
    }

    [Fact]
    public void A_server_as_far_from_a_real_one_as_those_that_follow_themselves_leads_nowhere()
    {
        var judgement = AssertSynchronized(Qemu.WithChrony(TimeSamples.Following("10.77.250.90", 11)), "10.77.250.90", isTraceable: false);
        Assert.Contains("is at stratum 11", judgement.Reason, StringComparison.Ordinal);
        AssertSynchronized(Qemu.WithChrony(TimeSamples.Following("10.77.250.90", 9)), "10.77.250.90", isTraceable: true);
    }

    private static Judgement AssertSynchronized(NodeFacts facts, string source, bool isTraceable)
    {
        var judgement = Judge(facts);
        Assert.Equal(new Judgement(TimeSyncVerdict.Synchronized, source, isTraceable, judgement.Reason, ""), judgement);
        return judgement;
    }

    private static Judgement AssertVerdict(NodeFacts facts, TimeSyncVerdict verdict, string reason)
    {
        var judgement = Judge(facts);
        Assert.Equal(verdict, judgement.Verdict);
        Assert.Contains(reason, judgement.Reason, StringComparison.Ordinal);
        return judgement;
    }

    private static Judgement Judge(NodeFacts facts) => TimeSyncJudge.Judge(facts);
}
