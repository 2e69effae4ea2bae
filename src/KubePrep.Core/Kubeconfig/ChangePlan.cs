namespace KubePrep.Kubeconfig;

/// <summary>What is to be changed in a kubeconfig, and what is said of it.</summary>
/// <param name="Edits">The changes; none if all is as it should be.</param>
/// <param name="Contexts">The entries of the result.</param>
/// <param name="Warnings">Sentences for the user.</param>
internal sealed record ChangePlan(IReadOnlyList<KubeconfigEdit> Edits, IReadOnlyList<ContextChange> Contexts, IReadOnlyList<string> Warnings);
