namespace KubePrep.Deployment;

/// <summary>A kubeconfig that was made or kept.</summary>
public sealed class DeployedKubeconfig : DeployedFile
{
    /// <summary>The cluster's name in the file.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The API server's URL.</summary>
    public required string Server { get; init; }

    /// <summary>The context, which is the current one.</summary>
    public required string ContextName { get; init; }

    /// <summary>The user's name in the file.</summary>
    public required string UserName { get; init; }

    /// <summary>Where the certificate authority that is embedded is.</summary>
    public required string CertificateAuthorityPath { get; init; }
}
