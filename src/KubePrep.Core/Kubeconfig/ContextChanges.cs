namespace KubePrep.Kubeconfig;

/// <summary>What a run did to a kubeconfig, or would, and what its user should know about it.</summary>
/// <param name="Contexts">One entry a context, and one for each cluster and user without a context.</param>
/// <param name="Warnings">Sentences for the user; none of them stopped the run.</param>
/// <param name="BackupPath">The directory with the file as it was; null if nothing was replaced.</param>
public sealed record ContextChanges(IReadOnlyList<ContextChange> Contexts, IReadOnlyList<string> Warnings, string? BackupPath);
