using KubePrep.Kubeconfig;

namespace KubePrep.Deployment;

/// <summary>A kubeconfig in which embedded files are replaced, and all else is kept as its user wrote it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">Its bytes as they are.</param>
/// <param name="Document">The same, read.</param>
/// <param name="Clusters">The clusters that are given the run's certificate authority, each with the certificates of others that it keeps, as PEM.</param>
/// <param name="Users">The users that are given a certificate and its key, by their names.</param>
/// <param name="Action">What is to be done.</param>
internal sealed record KubeconfigUpdate(
    string Path,
    byte[] Content,
    KubeconfigDocument Document,
    IReadOnlyDictionary<string, byte[]> Clusters,
    IReadOnlyDictionary<string, LeafPlan> Users,
    FileAction Action)
{
    /// <summary>The changes of the file.</summary>
    /// <param name="authority">The run's certificate authority, as PEM.</param>
    /// <param name="pairOf">The certificate and the key that are issued by a plan, as PEM.</param>
    public IReadOnlyList<KubeconfigEdit> Edits(byte[] authority, Func<LeafPlan, (byte[] Certificate, byte[] Key)> pairOf) =>
    [
        .. Clusters.Select(cluster => new CertificateAuthorityEdit(cluster.Key, [.. authority, .. cluster.Value])),
        .. Users.Select(user => new ClientCertificateEdit(user.Key, pairOf(user.Value).Certificate, pairOf(user.Value).Key)),
    ];
}
