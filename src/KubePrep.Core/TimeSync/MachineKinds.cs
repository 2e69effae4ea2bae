using KubePrep.Facts;

namespace KubePrep.TimeSync;

/// <summary>Tells machines apart.</summary>
internal static class MachineKinds
{
    /// <summary>What a node is made of, by what systemd-detect-virt(1) said of it.</summary>
    /// <param name="facts">The node.</param>
    public static MachineKind Of(NodeFacts facts) => facts.IsContainer ? MachineKind.Container : facts.Virtualization switch
    {
        "none" => MachineKind.BareMetal,
        "kvm" or "qemu" or "amazon" or "google" or "bochs" => MachineKind.Kvm,
        "microsoft" => MachineKind.HyperV,
        "vmware" => MachineKind.VMware,
        _ => MachineKind.OtherVirtual,
    };
}
