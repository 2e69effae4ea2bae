namespace KubePrep.Changes;

/// <summary>The steps that prepare a node, in the order in which they are carried out.</summary>
public enum StepName
{
    /// <summary>Packages are installed.</summary>
    Packages,

    /// <summary>The journal is kept, and bounded.</summary>
    Journal,

    /// <summary>Swap is off, and stays off.</summary>
    Swap,

    /// <summary>Kernel modules are loaded, and will be at boot.</summary>
    KernelModules,

    /// <summary>Kernel parameters are set, and will be at boot.</summary>
    Sysctl,

    /// <summary>The limits that systemd gives to services.</summary>
    Limits,

    /// <summary>The host name is the node's name.</summary>
    Hostname,

    /// <summary>Something keeps the clock.</summary>
    TimeSync,

    /// <summary>The hosts file has every node's name; it is carried out after all the others, on all nodes together.</summary>
    HostsFile,
}
