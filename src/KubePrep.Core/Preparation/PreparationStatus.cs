namespace KubePrep.Preparation;

/// <summary>How a node was found, or left.</summary>
public enum PreparationStatus
{
    /// <summary>It is as the profile wants it, and was before.</summary>
    Compliant,

    /// <summary>It is as the profile wants it, because it was changed; the probe has proved it.</summary>
    Changed,

    /// <summary>It is not as the profile wants it; nothing was changed.</summary>
    Drifted,

    /// <summary>It could not be brought to what the profile wants.</summary>
    Failed,

    /// <summary>It could not be connected to, or the connection was lost.</summary>
    Unreachable,
}
