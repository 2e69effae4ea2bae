using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>What a cluster's directory should hold. What is null comes from the documents in <c>ssl/</c>, or is the default.</summary>
/// <param name="ClusterDirectory">The directory; it is made if it is missing.</param>
/// <param name="ClusterName">The cluster's name in <c>kubectl.kubeconfig</c>.</param>
/// <param name="Server">The API server's https URL.</param>
public sealed record DeploymentRequest(string ClusterDirectory, string ClusterName, string Server)
{
    /// <summary>The context's name in <c>kubectl.kubeconfig</c>; <c>context-NAME</c> by default.</summary>
    public string? ContextName { get; init; }

    /// <summary>The algorithm of new keys; ECDSA P-256 by default. An existing authority keeps its own unless it is replaced.</summary>
    public KeyAlgorithm? KeyAlgorithm { get; init; }

    /// <summary>How long the next certificate authority lasts; 10 years by default.</summary>
    public Lifetime? AuthorityLifetime { get; init; }

    /// <summary>How long the next leaf certificates last; one year by default.</summary>
    public Lifetime? Lifetime { get; init; }

    /// <summary>Replace the certificate authority and all leaves, after a backup.</summary>
    public bool Force { get; init; }

    internal string ContextNameOrDefault => ContextName ?? $"context-{ClusterName}";
}
