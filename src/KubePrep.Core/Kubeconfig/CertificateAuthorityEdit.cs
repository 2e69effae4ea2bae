namespace KubePrep.Kubeconfig;

/// <summary>Embeds a certificate authority in a cluster.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Data">The certificate authority file's bytes.</param>
public sealed record CertificateAuthorityEdit(string Cluster, byte[] Data) : KubeconfigEdit;
