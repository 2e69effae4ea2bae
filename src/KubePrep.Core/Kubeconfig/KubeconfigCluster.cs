namespace KubePrep.Kubeconfig;

/// <summary>An API server in a kubeconfig.</summary>
/// <param name="Name">The name contexts refer to.</param>
/// <param name="Server">Its URL.</param>
/// <param name="CertificateAuthorityData">The embedded certificate authority file, or null if none is embedded.</param>
public sealed record KubeconfigCluster(string Name, string Server, byte[]? CertificateAuthorityData)
{
    /// <summary>The keys of other settings that were read, such as <c>proxy-url</c> or <c>insecure-skip-tls-verify</c>.</summary>
    public IReadOnlyList<string> OtherSettings { get; init; } = [];
}
