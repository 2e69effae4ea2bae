using System.Globalization;
using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>A hypervisor's clock as chrony's reference, by the link that udev(7) makes for its name.</summary>
internal sealed class HypervisorReference
{
    private static readonly (string Name, string Link, int Poll)[] Known =
        [(HypervisorClock.Kvm, "/dev/ptp_kvm", 2), (HypervisorClock.HyperV, "/dev/ptp_hyperv", 3)];

    private readonly PtpClock _clock;
    private readonly int _poll;

    private HypervisorReference(PtpClock clock, int poll) => (_clock, _poll) = (clock, poll);

    /// <summary>Whether it is KVM's.</summary>
    public bool IsKvm => _clock.Name == HypervisorClock.Kvm;

    /// <summary>How chrony is told to follow it (chrony.conf(5), <c>refclock</c>), every 4 or 8 s.</summary>
    public string RefclockLine => string.Create(CultureInfo.InvariantCulture, $"refclock PHC {_clock.Link} poll {_poll} dpoll -2 offset 0 stratum 2");

    /// <summary>The clock of a node that chrony can follow; null if there is none.</summary>
    public static HypervisorReference? Of(NodeFacts facts) => Known
        .SelectMany(known => Clocks(facts)
            .Where(clock => clock.Name == known.Name && clock.Link == known.Link)
            .Select(clock => new HypervisorReference(clock, known.Poll)))
        .FirstOrDefault();

    /// <summary>Why there is none that chrony can follow, as half a sentence.</summary>
    /// <param name="facts">The node.</param>
    /// <param name="isRefused">Whether the kernel has refused the module.</param>
    public static string WhyNone(NodeFacts facts, bool isRefused)
    {
        foreach (var (name, link, _) in Known)
        {
            if (Clocks(facts).FirstOrDefault(clock => clock.Name == name) is { } clock)
            {
                return $"its clock '{name}' is there as {PlainText.Printable(clock.Device)}, but without the link {link}, by which it is found "
                    + "after every reboot; a rule of udev's makes it, and 'udevadm trigger --subsystem-match=ptp' applies that again";
            }
        }

        return isRefused ? $"the kernel refuses its module {ProbeRequest.PtpModule}, as the host does not offer its clock (a host of KVM does where its own clock source is tsc)"
            : HypervisorClock.IsOnKvm(facts) ? facts.LoadedModules.Contains(ProbeRequest.PtpModule) || facts.BuiltInModules.Contains(ProbeRequest.PtpModule)
                ? $"the kernel has {ProbeRequest.PtpModule}, and it finds no clock of the host's"
                : $"the kernel {facts.Kernel} has no module {ProbeRequest.PtpModule}"
            : facts.Virtualization == "microsoft" ? "Hyper-V offers it no clock; the service 'Time Synchronization' may be off for the machine"
            : facts.Virtualization == "vmware" ? "VMware's clock is none that chrony can be sure to find after a reboot"
            : facts.Virtualization is "none" or "" ? "it is no virtual machine"
            : $"its hypervisor ({PlainText.Printable(facts.Virtualization)}) offers no clock that is known";
    }

    /// <summary>Whether chrony is told already, by somebody else, to follow it.</summary>
    public bool IsFollowedBy(ChronyConfiguration configuration) =>
        configuration.ReferenceClocks.Any(clock => clock == $"PHC {_clock.Link}" || clock == $"PHC {_clock.Device}");

    private static IReadOnlyList<PtpClock> Clocks(NodeFacts facts) => facts.Time?.PtpClocks ?? [];
}
