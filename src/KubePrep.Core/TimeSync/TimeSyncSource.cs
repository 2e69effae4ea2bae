namespace KubePrep.TimeSync;

/// <summary>What is to keep the nodes' clocks.</summary>
public enum TimeSyncSource
{
    /// <summary>What keeps a clock already; else the hypervisor's clock where there is one, else NTP.</summary>
    Auto,

    /// <summary>NTP servers.</summary>
    Ntp,

    /// <summary>The hypervisor's clock: <c>ptp_kvm</c> or Hyper-V's.</summary>
    Ptp,

    /// <summary>The run's time servers, or else its control-plane nodes, keep the others' time.</summary>
    Cluster,
}
