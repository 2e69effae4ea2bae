namespace KubePrep.TimeSync;

/// <summary>What a node is made of, as far as its clock depends on it.</summary>
public enum MachineKind
{
    /// <summary>Hardware.</summary>
    BareMetal,

    /// <summary>A virtual machine of KVM or QEMU, as also most clouds' are.</summary>
    Kvm,

    /// <summary>A virtual machine of Hyper-V or Azure.</summary>
    HyperV,

    /// <summary>A virtual machine of VMware.</summary>
    VMware,

    /// <summary>Another virtual machine, such as VirtualBox's or Xen's.</summary>
    OtherVirtual,

    /// <summary>A container, whose clock is its host's.</summary>
    Container,
}
