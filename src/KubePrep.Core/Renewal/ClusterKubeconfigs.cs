using KubePrep.Deployment;
using KubePrep.Kubeconfig;

namespace KubePrep.Renewal;

/// <summary>The kubeconfigs of a cluster's directory, whoever made them; one that cannot be read is left alone, and said to be.</summary>
internal sealed class ClusterKubeconfigs(PlanContext context, IKubeconfigSerializer serializer)
{
    private const string Pattern = "*.kubeconfig";

    private IReadOnlyList<ClusterKubeconfig>? _all;

    /// <summary>All of them: those beside the certificates, and below.</summary>
    public IReadOnlyList<ClusterKubeconfig> All => _all ??= [.. Paths().Select(Read).OfType<ClusterKubeconfig>()];

    private IEnumerable<string> Paths() =>
    [
        .. context.Files.List(context.Layout.ClusterDirectory, Pattern),
        .. context.Files.List(context.Layout.SslDirectory, Pattern),
        .. context.Files.List(context.Layout.UsersDirectory, Pattern),
    ];

    private ClusterKubeconfig? Read(string path)
    {
        try
        {
            return context.Files.Read(path) is { } content ? new ClusterKubeconfig(path, content, serializer.Read(content, path)) : null;
        }
        catch (KubePrepException e)
        {
            context.Warn($"{e.Message} It is left as it is.");
            return null;
        }
    }
}
