namespace KubePrep.Kubeconfig;

/// <summary>Embeds a certificate and its key in a user.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Certificate">The certificate file's bytes.</param>
/// <param name="Key">The key file's bytes.</param>
public sealed record ClientCertificateEdit(string User, byte[] Certificate, byte[] Key) : KubeconfigEdit;
