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
        var clusters = document.Clusters
            .Select(cluster => (cluster.Name, Foreign: ForeignTrust(cluster, path)))
            .Where(cluster => cluster.Foreign is not null)
            .DistinctBy(cluster => cluster.Name)
            .ToDictionary(cluster => cluster.Name, cluster => cluster.Foreign!);
        var users = document.Users
            .Select(user => (user.Name, Leaf: LeafOf(user, path)))
            .Where(user => user.Leaf is not null)
            .DistinctBy(user => user.Name)
            .ToDictionary(user => user.Name, user => user.Leaf!);
        return clusters.Count == 0 && users.Count == 0 ? null : new KubeconfigUpdate(
            path, content, document, clusters, users, FileAction.Replace(users.Count > 0 ? "its certificate is new" : "what it trusts has changed"));
    }

    /// <summary>
    /// The certificates of others, such as that of a load balancer, that a cluster trusts besides this one's authorities, and goes on trusting;
    /// null where what it trusts stays as it is.
    /// </summary>
    private byte[]? ForeignTrust(KubeconfigCluster cluster, string path)
    {
        if (cluster.CertificateAuthorityData is not { } data)
        {
            return null;
        }

        var embedded = Certificates(data, path);
        var foreign = embedded.Where(certificate => Authorities.All(authority => authority.Thumbprint != certificate.Thumbprint)).ToList();
        var kept = CertificateFile.Encode(foreign);
        var isUpToDate = foreign.Count == embedded.Count
            || (Bundle is not null && (KubeconfigInspection.Same(data, [.. Bundle, .. kept]) || KubeconfigInspection.Same(data, [.. kept, .. Bundle])));
        embedded.ForEach(certificate => certificate.Dispose());
        return isUpToDate ? null : kept;
    }

    private LeafPlan? LeafOf(KubeconfigUser user, string path) =>
        user.ClientCertificateData is { } data && Certificates(data, path) is [var presented, ..] ? Replaced.GetValueOrDefault(presented.Thumbprint) : null;

    /// <summary>The certificates that are embedded; none if it is something else.</summary>
    private static List<X509Certificate2> Certificates(byte[] data, string path)
    {
        try
        {
            return CertificateFile.ReadAll(data, path);
        }
        catch (KubePrepException)
        {
            return [];
        }
    }
}
