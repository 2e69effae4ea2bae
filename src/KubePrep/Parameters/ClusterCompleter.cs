using KubePrep.Kubeconfig;

namespace KubePrep.Parameters;

/// <summary>Offers a kubeconfig's clusters.</summary>
public sealed class ClusterCompleter : KubeconfigCompleter
{
    private protected override IEnumerable<string> Values(KubeconfigDocument kubeconfig) => kubeconfig.Clusters.Select(cluster => cluster.Name);
}
