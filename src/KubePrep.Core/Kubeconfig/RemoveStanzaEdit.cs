namespace KubePrep.Kubeconfig;

/// <summary>Removes a cluster, context or user, and the comments that are about it alone.</summary>
/// <param name="Kind">Which list it is in.</param>
/// <param name="Name">Its name.</param>
public sealed record RemoveStanzaEdit(StanzaKind Kind, string Name) : KubeconfigEdit;
