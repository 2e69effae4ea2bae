using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Kubeconfig;
using KubePrep.Yaml;

namespace KubePrep.Parameters;

/// <summary>
/// Offers what the kubeconfig that the line names has: that of <c>-Path</c>, or else the administrator's in the cluster's directory or
/// beside the certificate, or else the one kubectl uses.
/// </summary>
public abstract class KubeconfigCompleter : ValueCompleter
{
    private protected override IEnumerable<Suggestion> Suggest(GivenArguments given, string text)
    {
        var path = PathOf(given);
        return PromptReading.Collect(Contents(path)) is [var content]
            ? Values(new KubeconfigYaml().Read(content, path)).Distinct().Select(value => new Suggestion(value, $"{value}, of {path}"))
            : [];
    }

    /// <summary>What is offered of a kubeconfig.</summary>
    private protected abstract IEnumerable<string> Values(KubeconfigDocument kubeconfig);

    private static string PathOf(GivenArguments given) =>
        given.Value("Path", "LiteralPath") is { } path ? GivenArguments.FullPath(path)
        : given.Value("ClusterDirectory") is { } directory ? ClusterLayout.Of(GivenArguments.FullPath(directory)).Kubeconfig(Administrator)
        : given.Value("ClientCertificate") is { } certificate ? DeploymentEngine.DefaultKubeconfigPath(CertificatePath(certificate), Administrator)
        : KubeconfigMerger.DefaultPath;

    private static string Administrator => ClusterIdentity.Administrator.KubeconfigName;

    private static string CertificatePath(object certificate) =>
        certificate is DeployedCertificate deployed ? deployed.Path : GivenArguments.FullPath(certificate);

    /// <summary>What a file holds is made sense of elsewhere, as that waits for nothing.</summary>
    private static IEnumerable<byte[]> Contents(string path)
    {
        if (RegularFile.Read(path) is { } content)
        {
            yield return content;
        }
    }
}
