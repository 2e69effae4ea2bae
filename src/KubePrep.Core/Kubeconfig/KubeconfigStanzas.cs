namespace KubePrep.Kubeconfig;

/// <summary>Everything in the three lists of a kubeconfig.</summary>
/// <param name="All">The clusters, contexts and users, in the order of the file.</param>
/// <param name="CurrentContext">The name of the context that is used by default; empty if there is none.</param>
public sealed record KubeconfigStanzas(IReadOnlyList<KubeconfigStanza> All, string CurrentContext);
