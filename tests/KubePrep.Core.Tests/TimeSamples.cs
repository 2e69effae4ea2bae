using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Core.Tests;

/// <summary>
/// What nodes of each kind say of their clocks. Recorded on Debian 12 under QEMU and in a container, but for those marked otherwise; where a
/// server is to lead to UTC, its stratum and what it follows are changed, as those recorded followed their own clocks.
/// </summary>
internal static class TimeSamples
{
    public const string ChronyUnit = "chrony.service";
    public const string TimesyncdUnit = "systemd-timesyncd.service";
    public const string DropIn = "/etc/chrony/conf.d/kubeprep.conf";

    /// <summary>A machine of QEMU without KVM and without a daemon: the kernel's state is 5 (TIME_ERROR), its maximum error 16 s.</summary>
    public static NodeFacts Qemu { get; } = SampleNode.Debian with
    {
        Virtualization = "qemu",
        LoadableModules = new HashSet<string> { "ptp_kvm" },
        Time = new TimeFacts { Vendor = "QEMU", ClockSources = ["tsc", "hpet", "acpi_pm"], Clock = Reading(false) },
    };

    /// <summary>
    /// A machine of KVM whose host offers its clock. From documentation: the kernel's name for the clock (drivers/ptp/ptp_kvm_common.c), the
    /// link of systemd's rules for udev (50-udev-default.rules), KVM's clock source.
    /// </summary>
    public static NodeFacts KvmWithClock { get; } = (Qemu with
    {
        Virtualization = "kvm",
        LoadedModules = new HashSet<string> { "ptp_kvm" },
    }).WithTime(time => time with
    {
        ClockSources = ["kvm-clock", "tsc", "acpi_pm"],
        PtpClocks = [new PtpClock("/dev/ptp0", "KVM virtual PTP", "/dev/ptp_kvm")],
    });

    /// <summary>The same before its module is loaded, which nothing does by itself.</summary>
    public static NodeFacts Kvm { get; } = (KvmWithClock with { LoadedModules = new HashSet<string>() })
        .WithTime(time => time with { PtpClocks = [] });

    /// <summary>
    /// A machine of Azure's, or Hyper-V's. From documentation: Microsoft's "Time sync for Linux VMs in Azure", which also has network cards
    /// (Mellanox's mlx5) bring clocks of their own, in any order.
    /// </summary>
    public static NodeFacts HyperV { get; } = (Qemu with { Virtualization = "microsoft" }).WithTime(time => time with
    {
        Vendor = "Microsoft Corporation",
        ClockSources = ["hyperv_clocksource_tsc_page", "acpi_pm"],
        PtpClocks = [new PtpClock("/dev/ptp0", "mlx5_ptp", ""), new PtpClock("/dev/ptp1", "hyperv", "/dev/ptp_hyperv")],
    });

    /// <summary>
    /// A machine of VMware's with its tools. From documentation: <c>vmware-toolbox-cmd timesync status</c> prints Enabled or Disabled; the
    /// precision clock's name is its driver's (drivers/ptp/ptp_vmw.c).
    /// </summary>
    public static NodeFacts VMware { get; } = (Qemu with { Virtualization = "vmware" }).WithTime(time => time with
    {
        Vendor = "VMware, Inc.",
        PtpClocks = [new PtpClock("/dev/ptp0", "ptp_vmw", "")],
        IsToolsSyncEnabled = false,
    });

    /// <summary>A machine of Amazon's. From documentation: "Set the time reference on your EC2 instance", which gives its server.</summary>
    public static NodeFacts Amazon { get; } = (Qemu with { Virtualization = "amazon" }).WithTime(time => time with
    {
        Vendor = "Amazon EC2",
        ClockSources = ["tsc", "hpet", "acpi_pm"],
    });

    /// <summary>A machine of Google's. From documentation: "Configure NTP on a VM", which gives its server.</summary>
    public static NodeFacts Google { get; } = (Qemu with { Virtualization = "google" }).WithTime(time => time with { Vendor = "Google" });

    /// <summary>A container: its clock may not be set, and its kernel is its host's.</summary>
    public static NodeFacts Container { get; } = SampleNode.Container with
    {
        Virtualization = "none",
        Time = new TimeFacts { CanSetClock = false, ClockSources = ["tsc"], Clock = Reading(true) },
    };

    /// <summary>chronyd just after its start: <c>00000000,,0,...,Not synchronised</c>.</summary>
    public static TimeDaemonState ChronyFresh { get; } = new("chronyd") { Leap = "Not synchronised", ReferenceId = "00000000" };

    /// <summary>chronyd with nothing but a local stratum: <c>7F7F0101,,10,...,Normal</c>.</summary>
    public static TimeDaemonState ChronyLocal { get; } = new("chronyd")
    {
        IsSynchronized = true,
        Leap = "Normal",
        Stratum = 10,
        ReferenceId = TimeDaemonState.LocalReference,
    };

    /// <summary>chronyd that follows a server which follows its own clock: field 16 of <c>ntpdata</c> is 7F7F0101.</summary>
    public static TimeDaemonState ChronyOfLocalServer { get; } = ChronyLocal with
    {
        Stratum = 11,
        ReferenceId = "0A4DFA5A",
        Sources = [new TimeSource("10.77.250.90") { IsSelected = true, Stratum = 10, Reach = 0xF, ReferenceId = TimeDaemonState.LocalReference }],
    };

    /// <summary>The same of a server that follows another.</summary>
    public static TimeDaemonState ChronyClient { get; } = Following("10.77.250.90", 2);

    /// <summary>chronyd with a reference clock. From documentation: <c>#* PHC0</c>, 50484330 in <c>tracking</c>.</summary>
    public static TimeDaemonState ChronyOfReferenceClock { get; } = ChronyClient with
    {
        Stratum = 3,
        ReferenceId = "50484330",
        Sources = [new TimeSource("PHC0") { IsReferenceClock = true, IsSelected = true, Stratum = 2, Reach = 0xFF }],
    };

    /// <summary>systemd-timesyncd that follows a server.</summary>
    public static TimeDaemonState TimesyncdClient { get; } = new("systemd-timesyn")
    {
        IsSynchronized = true,
        Leap = "Normal",
        Stratum = 3,
        Sources = [new TimeSource("10.77.250.90") { IsSelected = true, Stratum = 2, ReferenceId = "C0A80001" }],
    };

    /// <summary>The same of a server that follows its own clock: <c>Stratum=10, Reference=7F7F0101</c>.</summary>
    public static TimeDaemonState TimesyncdOfLocalServer { get; } = TimesyncdClient with
    {
        Stratum = 11,
        Sources = [new TimeSource("10.77.250.90") { IsSelected = true, Stratum = 10, Reach = 1, ReferenceId = TimeDaemonState.LocalReference }],
    };

    /// <summary>systemd-timesyncd that still waits for an answer.</summary>
    public static TimeDaemonState TimesyncdFresh { get; } = new("systemd-timesyn");

    /// <summary>chronyd that follows a server, as <c>chronyc</c> shows it.</summary>
    public static TimeDaemonState Following(string server, int stratum) => new("chronyd")
    {
        IsSynchronized = true,
        Leap = "Normal",
        Stratum = stratum + 1,
        ReferenceId = "0A4DFA5A",
        Sources = [new TimeSource(server) { IsSelected = true, Stratum = stratum, Reach = 0x1F, ReferenceId = "C0A80001" }],
    };

    public static ClockReading Reading(bool? isKernelSynchronized, double offset = 0, double errorBound = 0.001) =>
        new(TimeSpan.FromSeconds(offset), TimeSpan.FromSeconds(errorBound), isKernelSynchronized);

    public static NodeFacts WithTime(this NodeFacts facts, Func<TimeFacts, TimeFacts> change) => facts with { Time = change(facts.Time!) };

    public static NodeFacts WithKernel(this NodeFacts facts, bool? isSynchronized) =>
        facts.WithTime(time => time with { Clock = Reading(isSynchronized) });

    /// <summary>The node with the package chrony, whose daemon says this of its work.</summary>
    public static NodeFacts WithChrony(this NodeFacts facts, TimeDaemonState? state, string active = "active", string file = "enabled") =>
        (facts.WithUnit(ChronyUnit, active, file) with { Packages = [.. facts.Packages, new PackageState("chrony", "4.3-2", "ii")] })
            .WithFile("/etc/chrony/chrony.conf", TimeNode.DebianChronyConf)
            .WithTime(time => time with { Chronyd = time.Chronyd == ProgramOrigin.Foreign ? ProgramOrigin.Foreign : ProgramOrigin.Packaged })
            .Running(active, "chronyd", ChronyUnit, "/usr/sbin/chronyd -F 1", state);

    /// <summary>The node with systemd-timesyncd, which says this of its work.</summary>
    public static NodeFacts WithTimesyncd(this NodeFacts facts, TimeDaemonState? state, string active = "active", string file = "enabled") =>
        (facts.WithUnit(TimesyncdUnit, active, file) with { Packages = [.. facts.Packages, new PackageState("systemd-timesyncd", "252.39-1", "ii")] })
            .Running(active, "systemd-timesyn", TimesyncdUnit, "/lib/systemd/systemd-timesyncd", state);

    /// <summary>A chronyd that somebody copied over the package's, and its unit, as kubeasz's role leaves them.</summary>
    public static NodeFacts WithOwnChronyd(this NodeFacts facts, TimeDaemonState? state, string active = "active") => facts
        .WithUnit("chronyd.service", active, "enabled", "/etc/systemd/system/chronyd.service")
        .WithTime(time => time with { Chronyd = ProgramOrigin.Foreign })
        .Running(active, "chronyd", "chronyd.service", "/usr/sbin/chronyd -f /etc/chrony/chrony.conf", state);

    public static NodeFacts WithUnit(
        this NodeFacts facts, string name, string active = "inactive", string file = "enabled", string? fragment = null, string load = "loaded") =>
        facts with
        {
            Units =
            [
                .. facts.Units,
                new UnitState(name, load, active, file, fragment ?? $"/lib/systemd/system/{name}", "")
                {
                    Result = active == "failed" ? "exit-code" : "success",
                },
            ],
        };

    /// <summary>A unit of the node, changed.</summary>
    public static NodeFacts Where(this NodeFacts facts, string unit, Func<UnitState, UnitState> change) =>
        facts with { Units = [.. facts.Units.Select(state => state.Name == unit ? change(state) : state)] };

    public static NodeFacts WithProcess(this NodeFacts facts, string name, string unit, string command, TimeDaemonState? state = null) =>
        facts.WithTime(time => time with
        {
            Processes = [.. time.Processes, new TimeProcess(name, unit, command)],
            Daemons = state is null ? time.Daemons : [.. time.Daemons, state],
        });

    public static NodeFacts Answering(this NodeFacts facts, NtpOutcome outcome, params string[] servers) =>
        facts.WithTime(time => time with
        {
            NtpAnswers = [.. time.NtpAnswers, .. servers.Select(server => new NtpAnswer(server, outcome, outcome == NtpOutcome.Answered ? 2 : 0))],
        });

    /// <summary>KubePrep's own file among chrony's drop-ins.</summary>
    public static NodeFacts WithDropIn(this NodeFacts facts, params string[] lines) =>
        facts with { Files = facts.Files.With(DropIn, ManagedFile.Render(lines)) };

    private static NodeFacts Running(this NodeFacts facts, string active, string name, string unit, string command, TimeDaemonState? state) =>
        active == "active" ? facts.WithProcess(name, unit, command, state) : facts;
}
