namespace KubePrep.Kubeconfig;

/// <summary>Which contexts are to be removed from what.</summary>
/// <param name="Path">The kubeconfig.</param>
/// <param name="Names">The contexts' names.</param>
public sealed record ContextRemovalRequest(string Path, IReadOnlyList<string> Names)
{
    /// <summary>Write nothing; say what would be done, and why.</summary>
    public bool WhatIf { get; init; }
}
