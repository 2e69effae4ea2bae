namespace KubePrep.HostsFile;

/// <summary>How a node's hosts file was found, or left.</summary>
public enum HostsFileStatus
{
    /// <summary>It has the map, and had it before.</summary>
    Compliant,

    /// <summary>It has the map, because it was changed; the file was read again as the proof.</summary>
    Changed,

    /// <summary>It has not the map; nothing was changed.</summary>
    Drifted,

    /// <summary>It was left as it was, as there is no map that could be sent.</summary>
    Skipped,

    /// <summary>It could not be brought to have the map.</summary>
    Failed,

    /// <summary>The node could not be connected to, or the connection was lost.</summary>
    Unreachable,
}
