namespace KubePrep.Kubeconfig;

/// <summary>A context of a kubeconfig that was merged, kept or removed.</summary>
public sealed class ContextChange
{
    /// <summary>The kubeconfig that was changed, by its full path.</summary>
    public required string Path { get; init; }

    /// <summary>The kubeconfig it came from, by its full path; null if it was removed.</summary>
    public string? Source { get; init; }

    /// <summary>The context's name in the changed file; null for a cluster or user that no context of the source uses.</summary>
    public required string? ContextName { get; init; }

    /// <summary>Its cluster's name in the changed file; null if there is none.</summary>
    public required string? ClusterName { get; init; }

    /// <summary>Its user's name in the changed file; null if there is none.</summary>
    public required string? UserName { get; init; }

    /// <summary>Whether it is the current context of the changed file, after the change.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>What happened to it, or would.</summary>
    public required ContextStatus Status { get; init; }

    /// <summary>Why, and under which other names; null if it was kept.</summary>
    public required string? Reason { get; init; }

    /// <summary>The context's name.</summary>
    public override string ToString() => ContextName ?? "";
}
