namespace KubePrep.Kubeconfig;

/// <summary>A kubeconfig that is merged into another one.</summary>
/// <param name="Path">The file.</param>
/// <param name="Stanzas">What it holds, with the paths of files made absolute.</param>
/// <param name="CurrentContext">The name of its current context; empty if it has none.</param>
internal sealed record MergeSource(string Path, IReadOnlyList<KubeconfigStanza> Stanzas, string CurrentContext)
{
    /// <summary>What it holds of one kind.</summary>
    public IEnumerable<KubeconfigStanza> Of(StanzaKind kind) => Stanzas.Where(stanza => stanza.Kind == kind);

    /// <summary>The cluster, context or user of a name; null if there is none.</summary>
    public KubeconfigStanza? Find(StanzaKind kind, string name) => Stanzas.FirstOrDefault(stanza => stanza.Kind == kind && stanza.Name == name);
}
