using KubePrep.Facts;

namespace KubePrep.Core.Tests;

/// <summary>Nodes that something keeps the time of, or does not.</summary>
internal static class TimeNode
{
    public const string ChronyConf = "/etc/chrony/chrony.conf";
    public const string DropIn = "/etc/chrony/conf.d/kubeprep.conf";
    public const string UnitDropIn = "/etc/systemd/system/chrony.service.d/kubeprep.conf";
    public const string ModulesFile = "/etc/modules-load.d/kubeprep-time.conf";
    public const string LocalUnit = "/etc/systemd/system/chronyd.service";

    /// <summary>What the package of Debian 12 brings, without its comments.</summary>
    public const string DebianChronyConf = """
        confdir /etc/chrony/conf.d
        pool 2.debian.pool.ntp.org iburst
        sourcedir /run/chrony-dhcp
        sourcedir /etc/chrony/sources.d
        keyfile /etc/chrony/chrony.keys
        driftfile /var/lib/chrony/chrony.drift
        ntsdumpdir /var/lib/chrony
        logdir /var/log/chrony
        maxupdateskew 100.0
        rtcsync
        makestep 1 3
        leapsectz right/UTC

        """;

    /// <summary>One that somebody wrote who did without the drop-ins.</summary>
    public const string ForeignChronyConf = """
        server 192.0.2.123 iburst
        driftfile /var/lib/chrony/drift
        makestep 1.0 3
        rtcsync
        local stratum 10

        """;

    public static PtpClock KvmClock { get; } = new("/dev/ptp0", "KVM virtual PTP", "/dev/ptp_kvm");

    public static PtpClock HyperVClock { get; } = new("/dev/ptp1", "hyperv", "/dev/ptp_hyperv");

    /// <summary>Hardware with no time daemon.</summary>
    public static NodeFacts Bare { get; } = SampleNode.Debian with { Time = new TimeFacts { ClockSources = ["tsc", "hpet", "acpi_pm"] } };

    /// <summary>A machine that QEMU emulates, whose host offers no clock.</summary>
    public static NodeFacts Emulated { get; } = Bare with { Virtualization = "qemu" };

    /// <summary>A machine of KVM whose kernel has the module for the host's clock.</summary>
    public static NodeFacts Kvm { get; } = Bare with
    {
        Virtualization = "kvm",
        LoadableModules = new HashSet<string> { "ptp_kvm" },
        Time = new TimeFacts { ClockSources = ["kvm-clock", "tsc", "acpi_pm"] },
    };

    /// <summary>The same with the module loaded, and a network card's clock that came first.</summary>
    public static NodeFacts KvmWithClock { get; } = (Kvm with { LoadedModules = new HashSet<string> { "ptp_kvm" } }).WithTime(time => time with
    {
        PtpClocks = [new PtpClock("/dev/ptp0", "e1000e", ""), KvmClock with { Device = "/dev/ptp1" }],
    });

    /// <summary>A machine of Hyper-V.</summary>
    public static NodeFacts HyperV { get; } = Bare with { Virtualization = "microsoft", Time = new TimeFacts { PtpClocks = [HyperVClock] } };

    public static NodeFacts WithPackage(this NodeFacts facts, string name, string status = "ii") =>
        facts with { Packages = [.. facts.Packages.Where(package => package.Name != name), new PackageState(name, "1", status)] };

    public static NodeFacts WithUnit(this NodeFacts facts, UnitState unit) =>
        facts with { Units = [.. facts.Units.Where(other => other.Name != unit.Name), unit] };

    /// <summary>With a service that runs a daemon; a null state is one that cannot be asked.</summary>
    public static NodeFacts Running(this NodeFacts facts, string unit, string process, TimeDaemonState? state, string arguments = "") =>
        facts.WithUnit(facts.Unit(unit)! with { ActiveState = "active" }).WithTime(time => time with
        {
            Processes = [.. time.Processes, new TimeProcess(process, unit, $"{process} {arguments}".TrimEnd())],
            Daemons = state is null ? time.Daemons : [.. time.Daemons, state],
        });

    /// <summary>With Debian's chrony, enabled and stopped.</summary>
    public static NodeFacts WithChronyPackage(this NodeFacts facts, string configuration = DebianChronyConf) => facts
        .WithPackage("chrony")
        .WithFile(ChronyConf, configuration)
        .WithUnit(SampleNode.Unit("chrony.service", fragment: "/lib/systemd/system/chrony.service"))
        .WithTime(time => time with { Chronyd = ProgramOrigin.Packaged });

    public static NodeFacts WithRunningChrony(this NodeFacts facts, TimeDaemonState state, string configuration = DebianChronyConf) =>
        facts.WithChronyPackage(configuration).Running("chrony.service", "chronyd", state);

    /// <summary>With Debian's systemd-timesyncd, enabled and stopped.</summary>
    public static NodeFacts WithTimesyncd(this NodeFacts facts) => facts
        .WithPackage("systemd-timesyncd")
        .WithUnit(SampleNode.Unit("systemd-timesyncd.service", fragment: "/lib/systemd/system/systemd-timesyncd.service"));

    public static NodeFacts WithRunningTimesyncd(this NodeFacts facts, TimeDaemonState state) =>
        facts.WithTimesyncd().Running("systemd-timesyncd.service", "systemd-timesyn", state);

    /// <summary>With another packaged daemon, enabled and running.</summary>
    public static NodeFacts WithRunningNtpd(this NodeFacts facts, string package, TimeDaemonState? state) => facts
        .WithPackage(package)
        .WithUnit(SampleNode.Unit($"{package}.service", fragment: $"/lib/systemd/system/{package}.service"))
        .Running($"{package}.service", "ntpd", state);

    /// <summary>With a chronyd that somebody copied there, with a unit and a configuration of their own.</summary>
    public static NodeFacts WithForeignChronyd(this NodeFacts facts) => facts
        .WithFile(ChronyConf, ForeignChronyConf)
        .WithFile(LocalUnit, "[Service]\nType=forking\nExecStart=/usr/sbin/chronyd -f /etc/chrony/chrony.conf\n")
        .WithUnit(SampleNode.Unit("chronyd.service", fragment: LocalUnit))
        .WithTime(time => time with { Chronyd = ProgramOrigin.Foreign });

    /// <summary>What a daemon says that follows a server.</summary>
    public static TimeDaemonState Follows(string process, string server, string follows = "0A000001") => new(process)
    {
        IsSynchronized = true,
        Leap = "Normal",
        Stratum = 3,
        ReferenceId = "C0000201",
        Sources = [new TimeSource(server) { IsSelected = true, Stratum = 2, Reach = 255, ReferenceId = follows }],
    };

    /// <summary>What a daemon says that follows a clock of the machine.</summary>
    public static TimeDaemonState FollowsClock() => new("chronyd")
    {
        IsSynchronized = true,
        Leap = "Normal",
        Stratum = 3,
        ReferenceId = "50484330",
        Sources = [new TimeSource("PHC0") { IsReferenceClock = true, IsSelected = true, Stratum = 2, Reach = 255 }],
    };

    /// <summary>What chronyd says whose local stratum hides that it follows nothing.</summary>
    public static TimeDaemonState FollowsItself() => new("chronyd")
    {
        IsSynchronized = true,
        Leap = "Normal",
        Stratum = 10,
        ReferenceId = TimeDaemonState.LocalReference,
    };

    /// <summary>What a daemon says that follows nothing.</summary>
    public static TimeDaemonState FollowsNothing(string process) => new(process) { Leap = "Not synchronised", Sources = [new TimeSource("192.0.2.9")] };

    /// <summary>The same with the daemon that runs synchronized by now.</summary>
    public static NodeFacts Settled(this NodeFacts facts) => facts.WithTime(time => time with
    {
        Daemons = [.. time.Daemons.Select(state => state.IsSynchronized ? state : Follows(state.Process, "192.0.2.9"))],
    });
}
