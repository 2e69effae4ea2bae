using KubePrep.Kubeconfig;

namespace KubePrep.Deployment;

/// <summary>Where a kubeconfig goes, and the names in it.</summary>
internal sealed record KubeconfigTarget(string Path, string ClusterName, string Server, string ContextName, string UserName)
{
    /// <summary>The whole document around the given files.</summary>
    public KubeconfigDocument Fill(byte[] authority, byte[] certificate, byte[] key, string @namespace) => new(
        [new KubeconfigCluster(ClusterName, Server, authority)],
        [new KubeconfigContext(ContextName, ClusterName, UserName) { Namespace = @namespace }],
        [new KubeconfigUser(UserName, certificate, key)],
        ContextName);
}
