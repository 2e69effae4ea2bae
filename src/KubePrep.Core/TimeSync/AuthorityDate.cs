using KubePrep.Files;
using KubePrep.Pki;

namespace KubePrep.TimeSync;

/// <summary>From when on a certificate authority is valid.</summary>
/// <param name="Path">Where its certificate is.</param>
/// <param name="NotBefore">When it begins to be valid, in UTC.</param>
internal sealed record AuthorityDate(string Path, DateTime NotBefore)
{
    /// <summary>Reads it from a file on this machine; of several certificates, the last one to begin counts.</summary>
    /// <exception cref="KubePrepException">There is none, or it cannot be read.</exception>
    public static AuthorityDate Read(string path)
    {
        var pem = RegularFile.Read(path) ?? throw PkiErrors.CertificateAuthorityNotFound(path);
        var certificates = CertificateFile.ReadAll(pem, path);
        var begin = certificates.Max(certificate => certificate.NotBefore.ToUniversalTime());
        certificates.ForEach(certificate => certificate.Dispose());
        return new AuthorityDate(path, begin);
    }
}
