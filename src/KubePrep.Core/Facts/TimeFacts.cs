namespace KubePrep.Facts;

/// <summary>What a probe found out about a node's clock, and about what keeps it.</summary>
public sealed record TimeFacts
{
    /// <summary>Whether root may set the clock there (<c>CAP_SYS_TIME</c>, capabilities(7)), which it mostly may not in containers.</summary>
    public bool CanSetClock { get; init; } = true;

    /// <summary>Who made the machine, as its firmware has it: <c>QEMU</c>, <c>Amazon EC2</c>, <c>Google</c>; empty if it says nothing.</summary>
    public string Vendor { get; init; } = "";

    /// <summary>The clocks of the precision time protocol's kind, among them those that hypervisors offer.</summary>
    public IReadOnlyList<PtpClock> PtpClocks { get; init; } = [];

    /// <summary>The clock sources that the kernel could use, such as <c>kvm-clock</c> under KVM.</summary>
    public IReadOnlyList<string> ClockSources { get; init; } = [];

    /// <summary>The time daemons that run, whatever started them.</summary>
    public IReadOnlyList<TimeProcess> Processes { get; init; } = [];

    /// <summary>Where <c>/usr/sbin/chronyd</c> is from.</summary>
    public ProgramOrigin Chronyd { get; init; }

    /// <summary>What the daemons that run say of their work, as far as they can be asked.</summary>
    public IReadOnlyList<TimeDaemonState> Daemons { get; init; } = [];

    /// <summary>Whether VMware Tools set the clock by the host's every minute; null where there are none.</summary>
    public bool? IsToolsSyncEnabled { get; init; }

    /// <summary>What NTP servers answered; only asked where the clock is not synchronized.</summary>
    public IReadOnlyList<NtpAnswer> NtpAnswers { get; init; } = [];

    /// <summary>The clock, compared with that of this machine; null if it was not.</summary>
    public ClockReading? Clock { get; init; }
}
