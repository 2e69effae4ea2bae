namespace KubePrep.Facts;

/// <summary>A clock below <c>/sys/class/ptp</c>. Its number depends on the order in which drivers are loaded; its name does not.</summary>
/// <param name="Device">Its device, such as <c>/dev/ptp0</c>.</param>
/// <param name="Name">Its driver's name for it: <c>KVM virtual PTP</c>, <c>hyperv</c>, or a network card's.</param>
/// <param name="Link">The link that udev made for its name, such as <c>/dev/ptp_kvm</c>; empty if there is none.</param>
public sealed record PtpClock(string Device, string Name, string Link)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
