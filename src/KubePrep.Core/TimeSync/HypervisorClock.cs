using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>
/// The clock that a hypervisor offers its guests. It is known by its driver's name for it: network cards have clocks of the same kind,
/// and which of them is <c>/dev/ptp0</c> depends on the order in which drivers are loaded.
/// </summary>
internal static class HypervisorClock
{
    /// <summary>KVM's, of the module <c>ptp_kvm</c>.</summary>
    public const string Kvm = "KVM virtual PTP";

    /// <summary>Hyper-V's, of the module <c>hv_utils</c>.</summary>
    public const string HyperV = "hyperv";

    /// <summary>The one that a daemon of the node can follow now; null if there is none.</summary>
    /// <param name="facts">The node, whose time was asked about.</param>
    public static PtpClock? Of(NodeFacts facts) => facts.Time?.PtpClocks.FirstOrDefault(clock => clock.Name is Kvm or HyperV);

    /// <summary>Whether a guest of KVM could have one with its module, which the kernel refuses where the host does not offer it.</summary>
    /// <param name="facts">The node, whose time was asked about.</param>
    public static bool MayBeLoaded(NodeFacts facts) =>
        facts.Time is not null && !ForeignClock.IsOf(facts) && IsOnKvm(facts)
        && facts.Time.PtpClocks.All(clock => clock.Name != Kvm)
        && facts.LoadableModules.Contains(ProbeRequest.PtpModule) && !facts.LoadedModules.Contains(ProbeRequest.PtpModule);

    /// <summary>Whether the processor is KVM's; without KVM's clock source, which arm64 does not have, QEMU emulates it.</summary>
    public static bool IsOnKvm(NodeFacts facts) =>
        facts.Time?.ClockSources.Contains("kvm-clock") == true || (facts.Architecture == "aarch64" && facts.Virtualization == "kvm");
}
