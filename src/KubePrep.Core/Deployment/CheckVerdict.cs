namespace KubePrep.Deployment;

/// <summary>What a check found.</summary>
public enum CheckVerdict
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>It works, and should be looked at.</summary>
    Warning,

    /// <summary>It does not work, or is not safe.</summary>
    Failed,
}
