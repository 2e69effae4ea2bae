namespace KubePrep.Preparation;

/// <summary>What a step found, or did.</summary>
public enum StepStatus
{
    /// <summary>All is as the profile wants it.</summary>
    Compliant,

    /// <summary>It was changed, and the probe has proved it.</summary>
    Changed,

    /// <summary>It is not as the profile wants it.</summary>
    Drifted,

    /// <summary>It could not be brought to what the profile wants.</summary>
    Failed,

    /// <summary>It differs, and belongs to the container's host.</summary>
    HostOwned,

    /// <summary>It is not as it should be, which is only warned of.</summary>
    Warning,

    /// <summary>It was not asked for.</summary>
    Skipped,
}
