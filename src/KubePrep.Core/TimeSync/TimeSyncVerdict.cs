namespace KubePrep.TimeSync;

/// <summary>Whether a node's clock is kept.</summary>
public enum TimeSyncVerdict
{
    /// <summary>Something keeps it by a source other than itself, as it or the kernel says.</summary>
    Synchronized,

    /// <summary>Nothing keeps it, though something could.</summary>
    Unsynchronized,

    /// <summary>Nothing on the node can keep it: it is the clock of a container's host, and that host does not say that it is kept.</summary>
    Impossible,

    /// <summary>Several programs set it, now or from the next boot on, against each other.</summary>
    Conflict,
}
