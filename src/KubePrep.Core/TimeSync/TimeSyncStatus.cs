namespace KubePrep.TimeSync;

/// <summary>How a node's clock was found, or left.</summary>
public enum TimeSyncStatus
{
    /// <summary>It is kept, and was before.</summary>
    Compliant,

    /// <summary>It is kept, because the node was changed; this has been proved.</summary>
    Changed,

    /// <summary>Something has to be changed; nothing was.</summary>
    Drifted,

    /// <summary>It is not kept, or is beyond a limit.</summary>
    Failed,

    /// <summary>It is that of a container's host, and was left alone.</summary>
    HostOwned,

    /// <summary>The node could not be connected to, or the connection was lost.</summary>
    Unreachable,
}
