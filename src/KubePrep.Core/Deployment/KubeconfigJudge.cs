using KubePrep.Files;
using KubePrep.Kubeconfig;

namespace KubePrep.Deployment;

/// <summary>Judges a kubeconfig by itself, and by the files it embeds copies of.</summary>
internal sealed class KubeconfigJudge(FileView files, byte[]? authority)
{
    /// <summary>What is wrong with it, or null.</summary>
    public Finding? Judge(KubeconfigDocument document, string certificatePath, string keyPath) =>
        document.Current is var (cluster, user)
            ? ClusterFault(cluster) ?? UserFault(user, certificatePath, keyPath) ?? StaleNames(document)
            : Finding.Failed($"its current context '{document.CurrentContext}' is not in it, or names a cluster or user that is not");

    private Finding? ClusterFault(KubeconfigCluster cluster) =>
        !NameRules.IsServer(cluster.Server) ? Finding.Failed("its server is no https URL of an API server")
            : cluster.OtherSettings.Contains("insecure-skip-tls-verify") ? Finding.Failed("it switches the check of the server's certificate off")
            : cluster.CertificateAuthorityData is null ? Finding.Failed("it embeds no certificate authority")
            : !KubeconfigInspection.Same(cluster.CertificateAuthorityData, authority) ? Finding.Failed("it embeds another certificate authority")
            : null;

    private Finding? UserFault(KubeconfigUser user, string certificatePath, string keyPath) =>
        EmbeddingFault("certificate", user.ClientCertificateData, certificatePath) ?? EmbeddingFault("key", user.ClientKeyData, keyPath);

    private Finding? EmbeddingFault(string what, byte[]? embedded, string path) =>
        embedded is null ? Finding.Failed($"it embeds no {what}")
            : files.Read(path) is not { } file ? Finding.Failed($"the {what} it embeds is not in '{path}', which is missing")
            : !KubeconfigInspection.Same(embedded, file) ? Finding.Failed($"it embeds another {what} than '{path}'")
            : null;

    private static Finding? StaleNames(KubeconfigDocument document) =>
        document.Clusters.Count > 1 || document.Contexts.Count > 1 || document.Users.Count > 1
            ? Finding.Warning("it holds more than one cluster, context or user")
            : null;
}
