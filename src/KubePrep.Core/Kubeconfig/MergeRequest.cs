namespace KubePrep.Kubeconfig;

/// <summary>What is to be merged into what.</summary>
/// <param name="Sources">The kubeconfigs to read.</param>
/// <param name="Destination">The kubeconfig to change, or to make.</param>
public sealed record MergeRequest(IReadOnlyList<string> Sources, string Destination)
{
    /// <summary>What becomes of names that the destination has for something else.</summary>
    public ClashHandling Clashes { get; init; }

    /// <summary>Whether the current context of the first source that has one becomes that of the destination.</summary>
    public bool SetCurrentContext { get; init; }

    /// <summary>Write nothing; say what would be done, and why.</summary>
    public bool WhatIf { get; init; }
}
