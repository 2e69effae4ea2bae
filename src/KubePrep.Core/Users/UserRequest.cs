using KubePrep.Pki;

namespace KubePrep.Users;

/// <summary>A user to be made.</summary>
/// <param name="ClusterDirectory">The cluster's directory, which has a certificate authority and <c>kubectl.kubeconfig</c>.</param>
/// <param name="Name">What the user is called; the name that Kubernetes sees begins with it.</param>
/// <param name="Role">What the user may do.</param>
public sealed record UserRequest(string ClusterDirectory, string Name, UserRole Role)
{
    /// <summary>The only namespace in which the role counts; null for all of them.</summary>
    public string? Namespace { get; init; }

    /// <summary>How long the certificate lasts; by default as long as the profile <c>kcfg</c> says.</summary>
    public Lifetime? Lifetime { get; init; }

    /// <summary>The algorithm of the key.</summary>
    public KeyAlgorithm KeyAlgorithm { get; init; }
}
