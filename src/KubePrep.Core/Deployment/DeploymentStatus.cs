namespace KubePrep.Deployment;

/// <summary>What happened to a file, or would happen.</summary>
public enum DeploymentStatus
{
    /// <summary>It is as it should be, and was not touched.</summary>
    Kept,

    /// <summary>It was missing, and was made.</summary>
    Created,

    /// <summary>It was there, and was replaced.</summary>
    Replaced,

    /// <summary>It was there, and was taken away.</summary>
    Removed,

    /// <summary>It is missing, and would be made.</summary>
    WouldCreate,

    /// <summary>It is there, and would be replaced.</summary>
    WouldReplace,

    /// <summary>It is there, and would be taken away.</summary>
    WouldRemove,
}
