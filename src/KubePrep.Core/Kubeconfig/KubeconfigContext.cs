namespace KubePrep.Kubeconfig;

/// <summary>A context in a kubeconfig.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cluster">The name of its cluster.</param>
/// <param name="User">The name of its user.</param>
public sealed record KubeconfigContext(string Name, string Cluster, string User)
{
    /// <summary>The default namespace; empty if it is not set. Users set it, so it is kept when the file is written again.</summary>
    public string Namespace { get; init; } = "";
}
