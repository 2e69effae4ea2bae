using KubePrep.Deployment;

namespace KubePrep.Parameters;

/// <summary>
/// Lets a certificate authority be given as a directory, or as its certificate file, besides the object that
/// <c>New-KpCertificateAuthority</c> puts out.
/// </summary>
public sealed class AuthorityTransformationAttribute : ResultTransformationAttribute
{
    /// <inheritdoc/>
    protected override object FromPath(string path)
    {
        var certificate = CertificatePath(path);
        return new DeployedAuthority
        {
            Path = certificate,
            KeyPath = Path.Join(Path.GetDirectoryName(certificate), "ca-key.pem"),
            Status = DeploymentStatus.Kept,
            Reason = null,
        };
    }

    /// <summary>The certificate of an authority that is given by its directory or its file.</summary>
    internal static string CertificatePath(string path) =>
        Directory.Exists(path) || !path.EndsWith(".pem", StringComparison.Ordinal) ? Path.Join(path, "ca.pem") : path;
}
