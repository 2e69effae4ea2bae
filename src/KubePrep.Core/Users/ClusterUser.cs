namespace KubePrep.Users;

/// <summary>A user whose files are in a cluster's directory. What it may do is told by its manifest, as somebody may have edited it.</summary>
public sealed class ClusterUser
{
    /// <summary>The name that Kubernetes sees, the certificate's common name, by which its files are called.</summary>
    public required string Name { get; init; }

    /// <summary>The role that the manifest binds; null if the manifest cannot tell. One that is no cluster role is written <c>Role/NAME</c>.</summary>
    public string? Role { get; init; }

    /// <summary>The only namespace in which the role counts; null for all of them.</summary>
    public string? Namespace { get; init; }

    /// <summary>Whether the certificate is of use.</summary>
    public required UserStatus Status { get; init; }

    /// <summary>What is wrong; null if nothing is.</summary>
    public string? Reason { get; init; }

    /// <summary>The certificate's serial number, in hexadecimal; null if it cannot be read.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>When the certificate begins to be valid, in UTC; null if it cannot be read.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>When the certificate ends to be valid, in UTC; null if it cannot be read.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>How many whole days the certificate is still valid; negative once it has ended, and null if it cannot be read.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>The binding's name in the cluster; null if the manifest cannot tell.</summary>
    public string? BindingName { get; init; }

    /// <summary>The kubeconfig.</summary>
    public required string Path { get; init; }

    /// <summary>The certificate.</summary>
    public required string CertificatePath { get; init; }

    /// <summary>The private key.</summary>
    public required string KeyPath { get; init; }

    /// <summary>The manifest that binds the role.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>The cluster's directory.</summary>
    public required string ClusterDirectory { get; init; }

    /// <summary>The user's name.</summary>
    public override string ToString() => Name;
}
