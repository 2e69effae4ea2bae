using KubePrep.Kubeconfig;

namespace KubePrep.Parameters;

/// <summary>Offers the URLs of a kubeconfig's API servers.</summary>
public sealed class ServerCompleter : KubeconfigCompleter
{
    private protected override IEnumerable<string> Values(KubeconfigDocument kubeconfig) => kubeconfig.Clusters.Select(cluster => cluster.Server);
}
