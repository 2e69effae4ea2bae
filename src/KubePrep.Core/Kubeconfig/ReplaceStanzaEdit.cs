namespace KubePrep.Kubeconfig;

/// <summary>Makes a cluster, context or user say what another one of its name says; what both say stays as it is written.</summary>
/// <param name="Stanza">What it is to say.</param>
public sealed record ReplaceStanzaEdit(KubeconfigStanza Stanza) : KubeconfigEdit;
