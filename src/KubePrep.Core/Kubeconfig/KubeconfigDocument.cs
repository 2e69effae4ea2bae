namespace KubePrep.Kubeconfig;

/// <summary>A kubeconfig, as far as KubePrep writes and judges it.</summary>
/// <param name="Clusters">The API servers.</param>
/// <param name="Contexts">Which user at which cluster.</param>
/// <param name="Users">The credentials.</param>
/// <param name="CurrentContext">The name of the context that is used by default; empty if there is none.</param>
public sealed record KubeconfigDocument(
    IReadOnlyList<KubeconfigCluster> Clusters,
    IReadOnlyList<KubeconfigContext> Contexts,
    IReadOnlyList<KubeconfigUser> Users,
    string CurrentContext)
{
    /// <summary>The cluster and user of the current context; null if one of the three is missing.</summary>
    public (KubeconfigCluster Cluster, KubeconfigUser User)? Current =>
        Contexts.FirstOrDefault(c => c.Name == CurrentContext) is { } context
        && Clusters.FirstOrDefault(c => c.Name == context.Cluster) is { } cluster
        && Users.FirstOrDefault(u => u.Name == context.User) is { } user
            ? (cluster, user)
            : null;
}
