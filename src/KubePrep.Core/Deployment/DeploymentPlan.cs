namespace KubePrep.Deployment;

/// <summary>Everything a run is to do, made by looking only.</summary>
internal sealed record DeploymentPlan(AuthorityPlan Authority) : IDisposable
{
    public List<DocumentPlan> Documents { get; } = [];

    public List<LeafPlan> Leaves { get; } = [];

    public List<KubeconfigPlan> Kubeconfigs { get; } = [];

    /// <summary>The files that nobody else may read.</summary>
    public IEnumerable<string> Secrets =>
        [Authority.KeyPath, .. Leaves.Select(leaf => leaf.KeyPath), .. Kubeconfigs.Select(kubeconfig => kubeconfig.Target.Path)];

    /// <summary>The files that everyone may read, and nobody else write.</summary>
    public IEnumerable<string> PublicFiles =>
        [Authority.CertificatePath, .. Leaves.Select(leaf => leaf.CertificatePath), .. Documents.Select(document => document.Path)];

    public void Dispose()
    {
        Authority.Dispose();
        Leaves.ForEach(leaf => leaf.Dispose());
    }
}
