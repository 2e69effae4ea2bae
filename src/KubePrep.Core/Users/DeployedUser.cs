using KubePrep.Deployment;

namespace KubePrep.Users;

/// <summary>A user that was made or removed. Its path is that of the kubeconfig.</summary>
public sealed class DeployedUser : DeployedFile
{
    /// <summary>The name that Kubernetes sees, the certificate's common name, by which its files are called.</summary>
    public required string Name { get; init; }

    /// <summary>The role that the manifest binds; null if a removed user's manifest could not tell.</summary>
    public required string? Role { get; init; }

    /// <summary>The only namespace in which the role counts; null for all of them.</summary>
    public required string? Namespace { get; init; }

    /// <summary>The binding's name in the cluster; null if a removed user's manifest could not tell.</summary>
    public required string? BindingName { get; init; }

    /// <summary>The certificate.</summary>
    public required string CertificatePath { get; init; }

    /// <summary>The private key.</summary>
    public required string KeyPath { get; init; }

    /// <summary>The manifest that binds the role, for <c>kubectl apply -f</c>.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>Where a removed user's files are kept, the private key among them; null otherwise.</summary>
    public string? BackupPath { get; init; }

    /// <summary>The cluster's directory.</summary>
    public required string ClusterDirectory { get; init; }

    /// <summary>The user's name.</summary>
    public override string ToString() => Name;
}
