using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Renewal;

/// <summary>Finds the kubeconfigs of a cluster's directory that embed what is replaced, whoever made them and whatever else is in them.</summary>
internal sealed class KubeconfigUpdatePlanner(ClusterKubeconfigs kubeconfigs)
{
    /// <summary>The certificates that are replaced, by their thumbprints.</summary>
    public IReadOnlyDictionary<string, LeafPlan> Replaced { get; init; } = new Dictionary<string, LeafPlan>();

    /// <summary>The authorities of the cluster: what embeds any of them is told whom to trust now. None where that does not change.</summary>
    public IReadOnlyList<X509Certificate2> Authorities { get; init; } = [];

    /// <summary>What is embedded for them from now on; null while it is not known, as an authority is still to be made.</summary>
    public byte[]? Bundle { get; init; }

    /// <summary>Every kubeconfig that has to be changed.</summary>
    public IEnumerable<KubeconfigUpdate> Plan() => kubeconfigs.All.Select(Plan).OfType<KubeconfigUpdate>();

    private KubeconfigUpdate? Plan(ClusterKubeconfig kubeconfig)
    {
        var (path, content, document) = kubeconfig;
        var clusters = document.Clusters.Where(cluster => TrustsOther(cluster, path)).Select(cluster => cluster.Name).ToList();
        var users = document.Users
            .Select(user => (user.Name, Leaf: LeafOf(user, path)))
            .Where(user => user.Leaf is not null)
            .DistinctBy(user => user.Name)
            .ToDictionary(user => user.Name, user => user.Leaf!);
        return clusters.Count == 0 && users.Count == 0 ? null : new KubeconfigUpdate(
            path, content, document, clusters, users, FileAction.Replace(users.Count > 0 ? "its certificate is new" : "what it trusts has changed"));
    }

    private bool TrustsOther(KubeconfigCluster cluster, string path) =>
        cluster.CertificateAuthorityData is { } data
        && (Bundle is null || !KubeconfigInspection.Same(data, Bundle))
        && Certificates(data, path).Any(embedded => Authorities.Any(authority => authority.Thumbprint == embedded));

    private LeafPlan? LeafOf(KubeconfigUser user, string path) =>
        user.ClientCertificateData is { } data && Certificates(data, path) is [var thumbprint, ..] ? Replaced.GetValueOrDefault(thumbprint) : null;

    /// <summary>The thumbprints of what is embedded; none if it is no certificate.</summary>
    private static List<string> Certificates(byte[] data, string path)
    {
        try
        {
            var certificates = CertificateFile.ReadAll(data, path);
            var thumbprints = certificates.ConvertAll(certificate => certificate.Thumbprint);
            certificates.ForEach(certificate => certificate.Dispose());
            return thumbprints;
        }
        catch (KubePrepException)
        {
            return [];
        }
    }
}
