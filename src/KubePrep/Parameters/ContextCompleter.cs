using KubePrep.Kubeconfig;

namespace KubePrep.Parameters;

/// <summary>Offers a kubeconfig's contexts.</summary>
public sealed class ContextCompleter : KubeconfigCompleter
{
    private protected override IEnumerable<string> Values(KubeconfigDocument kubeconfig) => kubeconfig.Contexts.Select(context => context.Name);
}
