namespace KubePrep.Deployment;

/// <summary>A kubeconfig to be made or kept.</summary>
/// <param name="CertificatePath">The client certificate it embeds.</param>
/// <param name="KeyPath">The certificate's private key, which it embeds too.</param>
/// <param name="CertificateAuthorityPath">The certificate authority it embeds.</param>
/// <param name="ClusterName">The cluster's name in the file.</param>
/// <param name="Server">The API server's https URL.</param>
/// <param name="UserName">The user's name in the file.</param>
/// <param name="Path">The file.</param>
public sealed record KubeconfigRequest(
    string CertificatePath,
    string KeyPath,
    string CertificateAuthorityPath,
    string ClusterName,
    string Server,
    string UserName,
    string Path)
{
    /// <summary>The context's name; <c>context-NAME</c> by default.</summary>
    public string? ContextName { get; init; }

    /// <summary>Whether the certificate is itself only planned, by an earlier command with <c>-WhatIf</c>.</summary>
    public bool CertificateIsPlanned { get; init; }

    /// <summary>Replace the file even if it holds other clusters, contexts or users, after a backup.</summary>
    public bool Force { get; init; }

    internal string ContextNameOrDefault => ContextName ?? $"context-{ClusterName}";
}
