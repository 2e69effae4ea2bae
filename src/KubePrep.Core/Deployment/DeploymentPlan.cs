using System.Security.Cryptography;

namespace KubePrep.Deployment;

/// <summary>Everything a run is to do, made by looking only.</summary>
internal sealed record DeploymentPlan(AuthorityPlan Authority) : IDisposable
{
    public List<DocumentPlan> Documents { get; } = [];

    public List<LeafPlan> Leaves { get; } = [];

    public List<KubeconfigPlan> Kubeconfigs { get; } = [];

    /// <summary>What the authority's file becomes; null where it stays, or is the authority's certificate alone.</summary>
    public BundlePlan? Bundle { get; init; }

    public List<KubeconfigUpdate> Updates { get; } = [];

    public List<FilePlan> Files { get; } = [];

    /// <summary>The files that are taken away.</summary>
    public List<string> Removals { get; } = [];

    /// <summary>The files that nobody else may read.</summary>
    public IEnumerable<string> Secrets =>
    [
        Authority.KeyPath,
        .. Leaves.Select(leaf => leaf.KeyPath),
        .. Kubeconfigs.Select(kubeconfig => kubeconfig.Target.Path),
        .. Updates.Select(update => update.Path),
        .. Files.Where(file => file.IsSecret).Select(file => file.Path),
    ];

    /// <summary>The files that everyone may read, and nobody else write.</summary>
    public IEnumerable<string> PublicFiles =>
    [
        Authority.CertificatePath,
        .. Leaves.Select(leaf => leaf.CertificatePath),
        .. Documents.Select(document => document.Path),
        .. Files.Where(file => !file.IsSecret).Select(file => file.Path),
    ];

    public void Dispose()
    {
        Authority.Dispose();
        Leaves.ForEach(leaf => leaf.Dispose());
        Updates.ForEach(update => CryptographicOperations.ZeroMemory(update.Content));
        Files.ForEach(file => CryptographicOperations.ZeroMemory(file.Content));
    }
}
