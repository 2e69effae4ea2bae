namespace KubePrep.HostsFile;

/// <summary>How the map reaches the hosts files.</summary>
public enum HostsFileMode
{
    /// <summary>Each file receives master 0's block; its other lines stay.</summary>
    Block,

    /// <summary>Each file becomes a copy of master 0's; what it held is backed up.</summary>
    Copy,
}
