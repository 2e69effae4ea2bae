namespace KubePrep.Kubeconfig;

/// <summary>Sets the context that is used by default.</summary>
/// <param name="Name">Its name; empty for none.</param>
public sealed record CurrentContextEdit(string Name) : KubeconfigEdit;
