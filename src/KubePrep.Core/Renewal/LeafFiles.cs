using KubePrep.Deployment;
using KubePrep.Files;

namespace KubePrep.Renewal;

/// <summary>The files of one of a cluster's certificates.</summary>
/// <param name="Name">Its name, as its files are called.</param>
/// <param name="CertificatePath">The certificate.</param>
/// <param name="KeyPath">Its key, which may be missing.</param>
/// <param name="IsUser">Whether it is a person's, whose access ends when it was meant to, and is never prolonged by the way.</param>
internal sealed record LeafFiles(string Name, string CertificatePath, string KeyPath, bool IsUser)
{
    private const string KeySuffix = "-key.pem";

    /// <summary>Every certificate of a cluster's directory, those of people last; the authority's own files are none of them.</summary>
    public static IReadOnlyList<LeafFiles> List(ClusterLayout layout, FileView files) =>
    [
        .. files.List(layout.SslDirectory, "*.pem")
            .Where(path => path != layout.AuthorityCertificate && path != layout.NextAuthorityCertificate)
            .Where(path => !path.EndsWith(KeySuffix, StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension)
            .Select(name => new LeafFiles(name!, layout.Certificate(name!), layout.Key(name!), IsUser: false)),
        .. UserFiles.List(layout, files).Select(user => new LeafFiles(user.Name, user.Certificate, user.Key, IsUser: true)),
    ];
}
