namespace KubePrep.Kubeconfig;

/// <summary>Where a cluster, context or user of a source has gone in the destination.</summary>
/// <param name="Source">What it is, and its name in the source.</param>
/// <param name="Name">Its name in the destination.</param>
/// <param name="Status">Kept, added or replaced.</param>
internal sealed record MergedStanza(string Source, string Name, ContextStatus Status)
{
    /// <summary>Whether it got another name, as the destination has something else of its own.</summary>
    public bool IsRenamed { get; init; }

    /// <summary>Where it differs from what it replaces, as keys.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}
