namespace KubePrep.Kubeconfig;

/// <summary>Adds clusters, contexts and users, each at the end of its list.</summary>
/// <param name="Stanzas">What to add; its names are not there yet.</param>
public sealed record AddStanzasEdit(IReadOnlyList<KubeconfigStanza> Stanzas) : KubeconfigEdit;
