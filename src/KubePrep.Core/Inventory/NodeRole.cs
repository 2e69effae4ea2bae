namespace KubePrep.Inventory;

/// <summary>What a node is for in the cluster; a node may have several roles.</summary>
[Flags]
public enum NodeRole
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>Runs the API server, the scheduler and the controller manager.</summary>
    ControlPlane = 1,

    /// <summary>Runs workloads.</summary>
    Worker = 2,

    /// <summary>Runs etcd.</summary>
    Etcd = 4,

    /// <summary>Keeps the time for the others.</summary>
    TimeServer = 8,
}
