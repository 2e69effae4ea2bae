using KubePrep.Kubeconfig;

namespace KubePrep.Parameters;

/// <summary>Offers a kubeconfig's users.</summary>
public sealed class KubeconfigUserCompleter : KubeconfigCompleter
{
    private protected override IEnumerable<string> Values(KubeconfigDocument kubeconfig) => kubeconfig.Users.Select(user => user.Name);
}
