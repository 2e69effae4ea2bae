namespace KubePrep.Deployment;

/// <summary>A client certificate that was made or kept.</summary>
public sealed class DeployedCertificate : DeployedFile
{
    /// <summary>The name its files and its kubeconfig are called by.</summary>
    public required string Name { get; init; }

    /// <summary>Where its private key is.</summary>
    public required string KeyPath { get; init; }

    /// <summary>Where the certificate of the authority that signed it is.</summary>
    public required string CertificateAuthorityPath { get; init; }
}
