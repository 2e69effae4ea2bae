using KubePrep.Deployment;

namespace KubePrep.Parameters;

/// <summary>
/// Lets a client certificate be given as its file, beside which its key and its authority are, besides the object that
/// <c>New-KpClientCertificate</c> puts out.
/// </summary>
public sealed class CertificateTransformationAttribute : ResultTransformationAttribute
{
    /// <inheritdoc/>
    protected override object FromPath(string path)
    {
        var (directory, name) = (Path.GetDirectoryName(path), Path.GetFileNameWithoutExtension(path));
        return new DeployedCertificate
        {
            Path = path,
            Name = name,
            KeyPath = Path.Join(directory, $"{name}-key.pem"),
            CertificateAuthorityPath = Path.Join(directory, "ca.pem"),
            Status = DeploymentStatus.Kept,
            Reason = null,
        };
    }
}
