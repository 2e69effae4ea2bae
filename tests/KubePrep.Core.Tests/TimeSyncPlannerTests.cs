using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.TimeSync;

namespace KubePrep.Core.Tests;

/// <summary>What is set up for a node's clock, a case a row of the table. The answers of Hyper-V's, VMware's and KVM's clocks are as documented.</summary>
public sealed class TimeSyncPlannerTests
{
    private const string Refclock = "refclock PHC /dev/ptp_kvm poll 2 dpoll -2 offset 0 stratum 2";
    private const string Stepping = ManagedFile.Notice + "\n[Service]\nExecStartPost=+/usr/bin/chronyc -n makestep 1 -1\n";

    private static readonly string[] InstallsChrony =
        ["ReplacePackage chrony", "ReloadManager systemd", "EnableUnit chrony.service", "RestartUnit chrony.service"];

    private static TimeDaemonState Lost => TimeNode.FollowsNothing("chronyd");

    [Theory]
    [InlineData(-90, "SetClock clock +90.000")]
    [InlineData(-20, null)] // apt bears some
    public void A_clock_that_is_far_off_is_set_before_a_package_is_installed(double offset, string? expected)
    {
        var clock = new ClockReading(TimeSpan.FromSeconds(offset), TimeSpan.FromMilliseconds(2), false);
        var actions = Actions(Plan(TimeNode.Bare.WithTime(time => time with { Clock = clock })));
        Assert.Equal(expected, actions[0].StartsWith("SetClock", StringComparison.Ordinal) ? actions[0] : null);
        var kept = TimeNode.Bare.WithRunningChrony(Lost).WithTime(time => time with { Clock = clock });
        Assert.DoesNotContain(Actions(Plan(kept)), action => action.StartsWith("SetClock", StringComparison.Ordinal));
    }

    [Fact]
    public void Servers_and_clients_of_an_earlier_run_stay()
    {
        var node = TimeNode.Bare.WithRunningChrony(Lost).WithFile(TimeNode.DropIn, "server 10.0.0.3 iburst\nlocal stratum 10 orphan\nallow 10.0.0.8\n");
        Assert.Equal(
            ["server 10.0.0.3 iburst", "server 10.0.0.2 iburst", "local stratum 10 orphan", "allow 10.0.0.8", "allow 10.0.0.9"],
            Encoding.UTF8.GetString(Plan(node, TimeSyncSource.Cluster, Server()).Changes.Single(change => change.Target == TimeNode.DropIn).Content.Span)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]);
    }

    [Fact]
    public void A_containers_clock_is_its_hosts()
    {
        var node = TimeNode.Bare with { Container = "lxc" };
        var plan = Plan(node);
        Assert.Empty(plan.Changes);
        Assert.Empty(plan.Faults);
        Assert.Equal("The clock is that of the host of the container (lxc), and was left alone; whatever keeps it has to be set up there", Assert.Single(plan.Warnings));
        AssertFault("host of the container", Plan(node, TimeSyncSource.Ntp));
        AssertFault("host of the container", Plan(node, TimeSyncSource.Ptp));
        AssertFault("cannot be a server of the cluster's own time", Plan(node, TimeSyncSource.Auto, Server()));
        AssertFault("host of the container", Plan(node, TimeSyncSource.Cluster, Server() with { IsServer = false }));
        Assert.Single(Plan(node, TimeSyncSource.Auto, Server() with { IsServer = false }).Warnings);
    }

    [Fact]
    public void A_clock_that_root_may_not_set_is_left_alone()
    {
        var plan = Plan(TimeNode.Kvm.WithTime(time => time with { CanSetClock = false }));
        Assert.Empty(plan.Changes);
        Assert.Contains("CAP_SYS_TIME", Assert.Single(plan.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_systemd_there_is_nothing_to_set_up() =>
        AssertFault("systemd is not the init system", Plan(TimeNode.Bare with { HasSystemd = false }));

    [Fact]
    public void A_daemon_that_works_is_kept_on_any_machine()
    {
        foreach (var machine in new[] { TimeNode.Bare, TimeNode.Emulated, TimeNode.Kvm, TimeNode.KvmWithClock, TimeNode.HyperV })
        {
            AssertNothing(Plan(machine.WithRunningChrony(Synchronized)));
            AssertNothing(Plan(machine.WithRunningTimesyncd(TimeNode.Follows("systemd-timesyn", "192.0.2.1"))));
            AssertNothing(Plan(machine.WithRunningNtpd("ntpsec", TimeNode.Follows("ntpd", "192.0.2.1"))));
            AssertNothing(Plan(machine.WithRunningChrony(TimeNode.Follows("chronyd", "10.0.0.1", TimeDaemonState.LocalReference))));
            AssertNothing(Plan(machine.WithRunningNtpd("ntpsec", TimeNode.Follows("ntpd", "192.0.2.1")), TimeSyncSource.Ntp));
        }
    }

    [Fact]
    public void A_daemon_that_works_is_also_started_at_boot()
    {
        var node = TimeNode.Bare.WithRunningChrony(Synchronized);
        Assert.Equal(["EnableUnit chrony.service"], Actions(Plan(node.WithUnit(node.Unit("chrony.service")! with { UnitFileState = "disabled" }))));
    }

    [Fact]
    public void A_chronyd_of_no_package_that_works_is_kept_with_a_warning()
    {
        var plan = Plan(TimeNode.Bare.WithForeignChronyd().Running("chronyd.service", "chronyd", Synchronized));
        Assert.Empty(plan.Changes);
        Assert.Equal("chronyd.service keeps the clock, and was not installed by a package: nothing updates it", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void A_node_with_nothing_gets_chrony()
    {
        Assert.Equal(
            ["ReplacePackage chrony", "EnableUnit chrony.service", "RestartUnit chrony.service"], Actions(Plan(TimeNode.Bare)));
        var plan = Plan(TimeNode.Emulated);
        Assert.Equal([InstallsChrony[0], $"WriteFile {TimeNode.UnitDropIn}", .. InstallsChrony[1..]], Actions(plan));
        Assert.Equal(Stepping, Written(plan, TimeNode.UnitDropIn));
    }

    [Fact]
    public void The_servers_that_are_asked_for_are_written_beside_the_distributions()
    {
        var plan = Plan(TimeNode.Bare.WithRunningChrony(Lost), servers: ["ntp.example.org", "2001:db8::1", "NTP.example.org"]);
        Assert.Equal([$"WriteFile {TimeNode.DropIn}", "RestartUnit chrony.service"], Actions(plan));
        Assert.Equal($"{ManagedFile.Notice}\nserver ntp.example.org iburst\nserver 2001:db8::1 iburst\n", Written(plan, TimeNode.DropIn));
        Assert.Contains("+server ntp.example.org iburst", plan.Changes[0].Diff, StringComparison.Ordinal);
    }

    [Fact]
    public void Servers_that_chrony_has_are_not_written_again() =>
        AssertNothing(Plan(TimeNode.Bare.WithRunningChrony(Lost), TimeSyncSource.Ntp, servers: ["2.debian.pool.ntp.org"]));

    [Fact]
    public void Servers_of_an_earlier_run_stay_where_none_are_asked_for()
    {
        var node = TimeNode.Bare.WithRunningChrony(Lost).WithFile(TimeNode.DropIn, $"{ManagedFile.Notice}\nserver ntp.example.org iburst\n");
        AssertNothing(Plan(node));
        AssertNothing(Plan(node, TimeSyncSource.Ntp));
        Assert.Equal(
            $"{ManagedFile.Notice}\nserver 192.0.2.7 iburst\n", Written(Plan(node, servers: ["192.0.2.7"]), TimeNode.DropIn));
    }

    [Fact]
    public void A_daemon_that_works_and_lacks_a_server_gets_it()
    {
        Assert.Equal(
            [$"WriteFile {TimeNode.DropIn}", "RestartUnit chrony.service"],
            Actions(Plan(TimeNode.Bare.WithRunningChrony(Synchronized), servers: ["192.0.2.7"])));
        AssertNothing(Plan(TimeNode.Bare.WithRunningChrony(Synchronized), servers: ["192.0.2.1"]));
    }

    [Fact]
    public void Timesyncd_is_told_its_servers_by_a_file_of_its_own()
    {
        const string Path = "/etc/systemd/timesyncd.conf.d/95-kubeprep.conf";
        var node = TimeNode.Emulated.WithTimesyncd();
        var plan = Plan(node, servers: ["192.0.2.7", "ntp.example.org"]);
        Assert.Equal([$"WriteFile {Path}", "RestartUnit systemd-timesyncd.service"], Actions(plan));
        Assert.Equal($"{ManagedFile.Notice}\n[Time]\nNTP=192.0.2.7 ntp.example.org\n", Written(plan, Path));
        AssertFault("empties its list", Plan(node.WithFile("/etc/systemd/timesyncd.conf.d/99.conf", "[Time]\nNTP=\n"), servers: ["192.0.2.7"]));
        Assert.Equal(["RestartUnit systemd-timesyncd.service"], Actions(Plan(node)));
    }

    [Fact]
    public void A_timesyncd_that_a_condition_stops_gives_way_to_chrony()
    {
        var node = TimeNode.Bare.WithTimesyncd();
        node = node.WithUnit(node.Unit("systemd-timesyncd.service")! with { IsSkipped = true });
        Assert.Equal("ReplacePackage chrony systemd-timesyncd", Actions(Plan(node))[0]);
    }

    [Theory]
    [InlineData("ntpsec")]
    [InlineData("ntp")]
    [InlineData("openntpd")]
    public void Another_daemon_gives_way_to_chrony_where_it_does_not_work_or_servers_are_asked_for(string package)
    {
        string[] expected = [$"ReplacePackage chrony {package}", "EnableUnit chrony.service", "RestartUnit chrony.service"];
        Assert.Equal(expected, Actions(Plan(TimeNode.Bare.WithRunningNtpd(package, TimeNode.FollowsNothing("ntpd")))));
        var plan = Plan(TimeNode.Bare.WithRunningNtpd(package, TimeNode.Follows("ntpd", "192.0.2.1")), servers: ["192.0.2.7"]);
        Assert.Equal([expected[0], $"WriteFile {TimeNode.DropIn}", .. expected[1..]], Actions(plan));
    }

    [Fact]
    public void A_package_that_is_held_is_named()
    {
        AssertFault("apt-mark unhold chrony", Plan(TimeNode.Bare.WithPackage("chrony", "hn")));
        AssertFault("apt-mark unhold ntpsec", Plan(TimeNode.Bare.WithRunningNtpd("ntpsec", null).WithPackage("ntpsec", "hi")));
    }

    [Fact]
    public void An_interrupted_dpkg_is_repaired_before_it_is_needed() =>
        Assert.Equal(["RepairPackages dpkg", "ReplacePackage chrony"], Actions(Plan(TimeNode.Bare with { IsDpkgInterrupted = true }))[..2]);

    [Fact]
    public void Of_kvms_clock_the_module_is_loaded_first()
    {
        Assert.Equal(["LoadModule ptp_kvm"], Actions(Plan(TimeNode.Kvm)));
        Assert.Equal(["LoadModule ptp_kvm"], Actions(Plan(TimeNode.Kvm, TimeSyncSource.Ptp)));
        var arm = TimeNode.Kvm with { Architecture = "aarch64", Time = new TimeFacts { ClockSources = ["arch_sys_counter"] } };
        Assert.Equal(["LoadModule ptp_kvm"], Actions(Plan(arm)));
    }

    [Fact]
    public void Kvms_clock_is_followed_by_its_name()
    {
        var plan = Plan(TimeNode.KvmWithClock.WithRunningTimesyncd(TimeNode.FollowsNothing("systemd-timesyn")));
        Assert.Equal(
            [
                "ReplacePackage chrony systemd-timesyncd", $"WriteFile {TimeNode.ModulesFile}", $"WriteFile {TimeNode.DropIn}",
                $"WriteFile {TimeNode.UnitDropIn}", .. InstallsChrony[1..],
            ],
            Actions(plan));
        Assert.Equal($"{ManagedFile.Notice}\nptp_kvm\n", Written(plan, TimeNode.ModulesFile));
        Assert.Equal($"{ManagedFile.Notice}\n{Refclock}\n", Written(plan, TimeNode.DropIn));
    }

    [Fact]
    public void Hyper_vs_clock_is_followed_by_its_name_and_needs_no_module()
    {
        var plan = Plan(TimeNode.HyperV.WithRunningChrony(Lost));
        Assert.Equal([$"WriteFile {TimeNode.DropIn}", $"WriteFile {TimeNode.UnitDropIn}", "ReloadManager systemd", "RestartUnit chrony.service"], Actions(plan));
        Assert.Equal($"{ManagedFile.Notice}\nrefclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0 stratum 2\n", Written(plan, TimeNode.DropIn));
    }

    [Fact]
    public void Servers_cross_check_the_hypervisors_clock() => Assert.Equal(
        $"{ManagedFile.Notice}\nserver 192.0.2.7 iburst\n{Refclock}\n",
        Written(Plan(TimeNode.KvmWithClock, TimeSyncSource.Ptp, servers: ["192.0.2.7"]), TimeNode.DropIn));

    [Fact]
    public void A_refused_module_leads_to_ntp_where_any_source_will_do()
    {
        Assert.Equal(
            [InstallsChrony[0], $"WriteFile {TimeNode.UnitDropIn}", .. InstallsChrony[1..]],
            Actions(TimeSyncPlanner.Plan(Context(TimeNode.Kvm) with { IsPtpRefused = true })));
        AssertFault("refuses its module ptp_kvm", TimeSyncPlanner.Plan(Context(TimeNode.Kvm, TimeSyncSource.Ptp) with { IsPtpRefused = true }));
    }

    [Fact]
    public void Where_no_hypervisor_offers_a_clock_the_reason_is_said()
    {
        AssertFault("it is no virtual machine", Plan(TimeNode.Bare, TimeSyncSource.Ptp));
        AssertFault("its hypervisor (qemu)", Plan(TimeNode.Emulated, TimeSyncSource.Ptp));
        AssertFault("Hyper-V offers it no clock", Plan(TimeNode.Bare with { Virtualization = "microsoft" }, TimeSyncSource.Ptp));
        AssertFault("VMware's clock", Plan(TimeNode.Bare with { Virtualization = "vmware" }, TimeSyncSource.Ptp));
        AssertFault("has no module ptp_kvm", Plan(TimeNode.Kvm with { LoadableModules = new HashSet<string>() }, TimeSyncSource.Ptp));
        var withoutLink = TimeNode.KvmWithClock.WithTime(time => time with { PtpClocks = [TimeNode.KvmClock with { Link = "" }] });
        AssertFault("without the link /dev/ptp_kvm", Plan(withoutLink, TimeSyncSource.Ptp));
        Assert.DoesNotContain(Actions(Plan(withoutLink)), action => action.EndsWith(TimeNode.DropIn, StringComparison.Ordinal));
    }

    [Fact]
    public void A_reference_clock_that_somebody_else_has_configured_is_enough()
    {
        var node = TimeNode.HyperV
            .WithRunningChrony(TimeNode.FollowsClock(), "refclock PHC /dev/ptp_hyperv poll 3 dpoll -2 offset 0 stratum 2\nmakestep 1.0 -1\n");
        AssertNothing(Plan(node, TimeSyncSource.Ptp));
    }

    [Fact]
    public void A_reference_clock_that_is_gone_is_no_longer_followed()
    {
        var node = TimeNode.Bare.WithRunningChrony(Lost).WithFile(TimeNode.DropIn, $"{ManagedFile.Notice}\nserver 192.0.2.7 iburst\n{Refclock}\n");
        Assert.Equal($"{ManagedFile.Notice}\nserver 192.0.2.7 iburst\n", Written(Plan(node), TimeNode.DropIn));
    }

    [Theory]
    [InlineData("Amazon EC2", "server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4")]
    [InlineData("Google", "server metadata.google.internal prefer iburst")]
    [InlineData("Google Compute Engine", "server metadata.google.internal prefer iburst")]
    public void A_cloud_has_a_server_of_its_own(string vendor, string line)
    {
        var node = TimeNode.Emulated.WithTime(time => time with { Vendor = vendor });
        Assert.Equal($"{ManagedFile.Notice}\n{line}\n", Written(Plan(node), TimeNode.DropIn));
        Assert.Equal($"{ManagedFile.Notice}\nserver 192.0.2.7 iburst\n", Written(Plan(node, servers: ["192.0.2.7"]), TimeNode.DropIn));
        Assert.Contains($"NTP={line.Split(' ')[1]}\n", Written(Plan(node.WithTimesyncd()), TimesyncdSetup.DropInPath), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_reads_no_drop_ins_is_named_and_left_alone()
    {
        const string Advice = "add the line 'confdir /etc/chrony/conf.d' to /etc/chrony/chrony.conf";
        var installed = Plan(TimeNode.Bare.WithRunningChrony(Lost, TimeNode.ForeignChronyConf), servers: ["192.0.2.7"]);
        AssertFault(Advice, installed);
        Assert.DoesNotContain("moved away", installed.Faults[0], StringComparison.Ordinal);
        var left = TimeNode.Bare.WithForeignChronyd();
        AssertFault(Advice, Plan(left, servers: ["192.0.2.7"]));
        AssertFault("moved away", Plan(left, servers: ["192.0.2.7"]));
        AssertFault(Advice, Plan(left, TimeSyncSource.Cluster, Server()));
    }

    [Fact]
    public void A_configuration_that_was_deleted_is_not_written()
    {
        var node = TimeNode.Bare.WithChronyPackage();
        AssertFault("UCF_FORCE_CONFFMISS", Plan(node with { Files = new NodeFileCollection() }));
        AssertFault("UCF_FORCE_CONFFMISS", Plan(TimeNode.Bare.WithPackage("chrony", "rc")));
    }

    [Fact]
    public void A_chrony_without_any_server_needs_one()
    {
        var node = TimeNode.Bare.WithRunningChrony(Lost, "confdir /etc/chrony/conf.d\nrtcsync\n");
        AssertFault("-NtpServer (--ntp-server)", Plan(node));
        Assert.Empty(Plan(node, servers: ["192.0.2.7"]).Faults);
    }

    [Fact]
    public void A_chronyd_that_only_watches_is_named() => AssertFault(
        "DAEMON_OPTS", Plan(TimeNode.Bare.WithChronyPackage().Running("chrony.service", "chronyd", Lost, "-x")));

    [Fact]
    public void A_daemon_that_failed_is_started_and_one_that_measures_is_left_to_it()
    {
        Assert.Equal(["RestartUnit chrony.service"], Actions(Plan(TimeNode.Bare.WithChronyPackage())));
        AssertNothing(Plan(TimeNode.Bare.WithRunningChrony(Lost)));
        var masked = TimeNode.Bare.WithChronyPackage().WithUnit(new UnitState("chrony.service", "masked", "inactive", "masked", "", ""));
        Assert.Equal(["EnableUnit chrony.service", "RestartUnit chrony.service"], Actions(Plan(masked)));
    }

    [Fact]
    public void A_restart_that_is_owed_is_done()
    {
        var node = TimeNode.Bare.WithRunningChrony(Lost);
        var plan = Plan(node with { OwedRestarts = new HashSet<string> { "restart chrony.service", "reload daemon-reload" } });
        Assert.Equal(["ReloadManager systemd", "RestartUnit chrony.service"], Actions(plan));
    }

    [Fact]
    public void A_clock_that_is_far_off_is_set_by_a_restart() => Assert.Equal(
        ["RestartUnit chrony.service"],
        Actions(Plan(TimeNode.Bare.WithRunningChrony(Synchronized with { Correction = TimeSpan.FromSeconds(90) }))));

    [Fact]
    public void A_foreign_chronyd_makes_room_for_the_package_once_that_is_there()
    {
        var node = TimeNode.Emulated.WithForeignChronyd().WithFile(TimeNode.ChronyConf, TimeNode.DebianChronyConf)
            .Running("chronyd.service", "chronyd", Lost);
        var plan = Plan(node);
        Assert.Equal(
            [
                "ReplacePackage chrony", "DisableUnit chronyd.service", $"DeleteFile {TimeNode.LocalUnit}", $"WriteFile {TimeNode.UnitDropIn}",
                .. InstallsChrony[1..],
            ],
            Actions(plan));
        Assert.Contains("-ExecStart=/usr/sbin/chronyd", plan.Changes[2].Diff, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replaced_program_of_the_package_is_installed_again()
    {
        var node = TimeNode.Bare.WithRunningChrony(Lost).WithTime(time => time with { Chronyd = ProgramOrigin.Foreign });
        Assert.Equal(["ReplacePackage chrony", "RestartUnit chrony.service"], Actions(Plan(node)));
    }

    [Fact]
    public void Of_two_daemons_the_one_that_works_and_is_packaged_stays()
    {
        var node = TimeNode.Emulated.WithRunningTimesyncd(TimeNode.Follows("systemd-timesyn", "192.0.2.1")).WithForeignChronyd()
            .Running("chronyd.service", "chronyd", Synchronized);
        Assert.Equal(
            ["DisableUnit chronyd.service", $"DeleteFile {TimeNode.LocalUnit}", "DeleteFile /usr/sbin/chronyd", "ReloadManager systemd"],
            Actions(Plan(node)));
        var waiting = TimeNode.Emulated.WithRunningNtpd("ntpsec", TimeNode.Follows("ntpd", "192.0.2.1")).WithTimesyncd();
        Assert.Equal(["DisableUnit systemd-timesyncd.service"], Actions(Plan(waiting)));
    }

    [Fact]
    public void Of_two_daemons_that_do_not_work_chrony_stays()
    {
        var node = TimeNode.Bare.WithRunningChrony(Lost).WithRunningNtpd("ntpsec", TimeNode.FollowsNothing("ntpd"));
        Assert.Equal(["DisableUnit ntpsec.service"], Actions(Plan(node)));
        var other = TimeNode.Bare.WithRunningTimesyncd(TimeNode.FollowsNothing("systemd-timesyn")).WithRunningNtpd("ntpsec", TimeNode.FollowsNothing("ntpd"));
        Assert.Equal(["DisableUnit ntpsec.service"], Actions(Plan(other)));
    }

    [Fact]
    public void A_process_of_no_service_has_to_be_ended_by_hand()
    {
        var node = TimeNode.Bare.WithRunningChrony(Synchronized)
            .WithTime(time => time with { Processes = [.. time.Processes, new TimeProcess("ntpd", "", "/opt/ntp/ntpd -g")] });
        AssertFault("end it yourself", Plan(node));
    }

    [Fact]
    public void A_service_that_is_not_known_is_stopped()
    {
        var node = TimeNode.Bare.WithRunningChrony(Synchronized)
            .WithTime(time => time with { Processes = [.. time.Processes, new TimeProcess("ntpd", "clock.service", "/opt/ntp/ntpd -g")] });
        Assert.Equal(["DisableUnit clock.service"], Actions(Plan(node)));
    }

    [Fact]
    public void Vmware_tools_and_a_daemon_are_one_too_many()
    {
        var node = (TimeNode.Bare with { Virtualization = "vmware" }).WithTime(time => time with { IsToolsSyncEnabled = true });
        AssertNothing(Plan(node));
        AssertFault("vmware-toolbox-cmd timesync disable", Plan(node, TimeSyncSource.Ntp));
        AssertFault("vmware-toolbox-cmd timesync disable", Plan(node.WithRunningChrony(Synchronized)));
        AssertNothing(Plan(node.WithRunningChrony(Synchronized).WithTime(time => time with { IsToolsSyncEnabled = false })));
    }

    [Fact]
    public void A_server_of_the_cluster_agrees_with_the_others_and_lets_no_more_than_the_nodes_ask()
    {
        var part = new ClusterPart(true, [IPAddress.Parse("10.0.0.3"), IPAddress.Parse("10.0.0.2")], [IPAddress.Parse("10.0.0.9"), IPAddress.Parse("10.0.0.3"), IPAddress.Parse("fd00::9")]);
        var plan = Plan(TimeNode.Bare.WithRunningChrony(Lost), TimeSyncSource.Cluster, part, "192.0.2.7");
        Assert.Equal([$"WriteFile {TimeNode.DropIn}", "RestartUnit chrony.service"], Actions(plan));
        Assert.Equal(
            $"{ManagedFile.Notice}\nserver 10.0.0.2 iburst\nserver 10.0.0.3 iburst\nserver 192.0.2.7 iburst\nlocal stratum 10 orphan\n"
                + "allow 10.0.0.3\nallow 10.0.0.9\nallow fd00::9\n",
            Written(plan, TimeNode.DropIn));
    }

    [Fact]
    public void A_client_of_the_cluster_follows_all_servers_with_chrony()
    {
        var part = new ClusterPart(false, [IPAddress.Parse("10.0.0.2"), IPAddress.Parse("10.0.0.1")], []);
        var plan = Plan(TimeNode.Bare.WithRunningTimesyncd(TimeNode.Follows("systemd-timesyn", "192.0.2.1")), TimeSyncSource.Auto, part);
        Assert.Equal("ReplacePackage chrony systemd-timesyncd", Actions(plan)[0]);
        Assert.Equal($"{ManagedFile.Notice}\nserver 10.0.0.1 iburst\nserver 10.0.0.2 iburst\n", Written(plan, TimeNode.DropIn));
    }

    [Theory]
    [InlineData(-90.512, 0.01, "SetClock clock +90.512")]
    [InlineData(0.7, 0.1, "SetClock clock -0.700")]
    [InlineData(0.7, 0.3, null)]
    [InlineData(-0.4, 0.01, null)]
    public void A_server_whose_clock_nothing_keeps_begins_near_the_right_time(double offset, double errorBound, string? expected)
    {
        var reading = new ClockReading(TimeSpan.FromSeconds(offset), TimeSpan.FromSeconds(errorBound), false);
        foreach (var state in new[] { Lost, TimeNode.FollowsItself() })
        {
            var node = TimeNode.Bare.WithRunningChrony(state).WithTime(time => time with { Clock = reading });
            string?[] setting = [expected];
            Assert.Equal(
                [.. setting.OfType<string>(), $"WriteFile {TimeNode.DropIn}", "RestartUnit chrony.service"],
                Actions(Plan(node, TimeSyncSource.Cluster, Server())));
        }

        var kept = TimeNode.Bare.WithRunningChrony(Synchronized).WithTime(time => time with { Clock = reading });
        Assert.DoesNotContain(Actions(Plan(kept, TimeSyncSource.Cluster, Server())), action => action.StartsWith("SetClock", StringComparison.Ordinal));
        var client = TimeNode.Bare.WithRunningChrony(Lost).WithTime(time => time with { Clock = reading });
        Assert.DoesNotContain(
            Actions(Plan(client, TimeSyncSource.Cluster, Server() with { IsServer = false })), action => action.StartsWith("SetClock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_leaves_nothing_to_do_whether_or_not_the_clock_is_kept_then() => Property.Holds(Cases, planned =>
    {
        var (context, facts) = (planned, planned.Facts);
        var mainFile = facts.Files[TimeNode.ChronyConf]?.Content.ToArray();
        var plan = TimeSyncPlanner.Plan(context);
        if (plan.Changes is [{ Action: ChangeAction.LoadModule }])
        {
            facts = AppliedFacts.Of(facts, plan.Changes);
            plan = TimeSyncPlanner.Plan(context with { Facts = facts });
        }

        Assert.All(plan.Changes, change => Assert.Equal(StepName.TimeSync, change.Step));
        Assert.All(plan.Changes, change => Assert.NotEmpty(change.Reason));
        Assert.DoesNotContain(plan.Changes, change => change.Target == TimeNode.ChronyConf);
        Assert.True(plan.Faults.Count == 0 || plan.Changes.Count == 0);
        if (plan.Faults.Count > 0)
        {
            return;
        }

        var after = AppliedFacts.Of(facts, plan.Changes);
        foreach (var state in new[] { after, after.Settled() })
        {
            var next = TimeSyncPlanner.Plan(context with { Facts = state });
            Assert.Empty(next.Faults);
            Assert.Empty(Actions(next));
        }

        Assert.True(mainFile is null || after.Files[TimeNode.ChronyConf]!.Content.Span.SequenceEqual(mainFile));
        if (plan.Changes.Count > 0)
        {
            Assert.Single(TimeDaemons.Of(after), daemon => daemon.IsEnabled);
            Assert.Single(TimeDaemons.Of(after), daemon => daemon.IsRunning);
            Assert.NotEqual(TimeSyncVerdict.Conflict, TimeSyncJudge.Judge(after).Verdict);
        }
    }, cases: 1000);

    private static TimeDaemonState Synchronized => TimeNode.Follows("chronyd", "192.0.2.1");

    /// <summary>Machines with some daemons in some states, and what may be asked for them.</summary>
    private static Gen<TimeSyncContext> Cases =>
        from machine in Gen.Elements(TimeNode.Bare, TimeNode.Emulated, TimeNode.Kvm, TimeNode.KvmWithClock, TimeNode.HyperV)
        from vendor in Gen.Elements("", "QEMU", "Amazon EC2", "Google")
        from packaged in Gen.Elements("", "chrony", "systemd-timesyncd", "ntpsec", "ntp", "openntpd")
        from enabled in Gen.Elements("enabled", "disabled")
        from runs in Gen.Elements(true, false)
        from keeps in Gen.Elements(true, false)
        from isForeignThere in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from foreignRuns in Gen.Elements(true, false)
        from foreignEnabled in Gen.Elements("enabled", "disabled")
        from configuration in Gen.Elements(TimeNode.DebianChronyConf, TimeNode.ForeignChronyConf)
        from dropIn in Gen.Elements("", "server 192.0.2.8 iburst\n", $"{Refclock}\n", "local stratum 10 orphan\nallow 10.0.0.9\n")
        from servers in Gen.Elements<string[]>([], ["192.0.2.7"], ["ntp.example.org", "2.debian.pool.ntp.org"])
        from source in Gen.Elements(TimeSyncSource.Auto, TimeSyncSource.Ntp, TimeSyncSource.Ptp, TimeSyncSource.Cluster)
        from isServer in Gen.Elements(true, false)
        from isRefused in Gen.Elements(true, false)
        from offset in Gen.Elements(-90.0, 0.0, 0.7)
        let facts = machine.WithTime(time => time with
        {
            Vendor = vendor,
            Clock = new ClockReading(TimeSpan.FromSeconds(offset), TimeSpan.FromMilliseconds(5), false),
        })
        let withPackage = WithPackaged(facts, packaged, enabled, runs, keeps)
        let withForeign = isForeignThere ? WithForeign(withPackage, foreignEnabled, foreignRuns, keeps) : withPackage
        let withConfiguration = withForeign.Files[TimeNode.ChronyConf] is null ? withForeign : withForeign.WithFile(TimeNode.ChronyConf, configuration)
        let withDropIn = dropIn.Length == 0 ? withConfiguration : withConfiguration.WithFile(TimeNode.DropIn, $"{ManagedFile.Notice}\n{dropIn}")
        select Context(withDropIn, source, servers) with
        {
            Cluster = source == TimeSyncSource.Cluster ? Server() with { IsServer = isServer } : null,
            IsPtpRefused = isRefused,
        };

    private static NodeFacts WithPackaged(NodeFacts facts, string package, string enabled, bool runs, bool keeps)
    {
        if (package.Length == 0)
        {
            return facts;
        }

        var unit = SampleNode.Unit($"{package}.service", file: enabled, fragment: $"/lib/systemd/system/{package}.service");
        var process = package switch
        {
            "chrony" => "chronyd",
            "systemd-timesyncd" => "systemd-timesyn",
            _ => "ntpd",
        };
        var there = (package == "chrony" ? facts.WithChronyPackage() : facts.WithPackage(package)).WithUnit(unit);
        return runs ? there.Running(unit.Name, process, keeps ? TimeNode.Follows(process, "192.0.2.1") : TimeNode.FollowsNothing(process)) : there;
    }

    private static NodeFacts WithForeign(NodeFacts facts, string enabled, bool runs, bool keeps)
    {
        var there = facts.WithForeignChronyd();
        there = there.WithUnit(there.Unit("chronyd.service")! with { UnitFileState = enabled });
        return runs && facts.Time!.Processes.All(process => process.Name != "chronyd")
            ? there.Running("chronyd.service", "chronyd", keeps ? Synchronized : TimeNode.FollowsItself())
            : there;
    }

    private static ClusterPart Server() => new(true, [IPAddress.Parse("10.0.0.2")], [IPAddress.Parse("10.0.0.9")]);

    private static TimeSyncContext Context(NodeFacts facts, TimeSyncSource source = TimeSyncSource.Auto, params string[] servers) =>
        new(facts, new TimeSyncRequest { Source = source, NtpServers = servers });

    private static TimeSyncPlan Plan(NodeFacts facts, TimeSyncSource source = TimeSyncSource.Auto, ClusterPart? part = null, params string[] servers) =>
        TimeSyncPlanner.Plan(Context(facts, source, servers) with { Cluster = part });

    private static string[] Actions(TimeSyncPlan plan) => [.. plan.Changes.Select(change => $"{change.Action} {change.Target} {change.Value}".TrimEnd())];

    private static string Written(TimeSyncPlan plan, string path) =>
        Encoding.UTF8.GetString(plan.Changes.Single(change => change.Action == ChangeAction.WriteFile && change.Target == path).Content.Span);

    private static void AssertNothing(TimeSyncPlan plan)
    {
        Assert.Empty(Actions(plan));
        Assert.Empty(plan.Faults);
        Assert.Empty(plan.Warnings);
    }

    private static void AssertFault(string part, TimeSyncPlan plan)
    {
        Assert.Empty(plan.Changes);
        var fault = Assert.Single(plan.Faults);
        Assert.Contains(part, fault, StringComparison.Ordinal);
        Assert.False(fault.EndsWith('.'));
    }
}
