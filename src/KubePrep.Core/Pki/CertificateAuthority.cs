using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>A certificate authority: its certificate, the bytes of its file, and its key where there is one.</summary>
internal sealed class CertificateAuthority(X509Certificate2 certificate, byte[] pem, PrivateKey? key) : IDisposable
{
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>The certificate file's bytes, which kubeconfigs embed as they are.</summary>
    public byte[] Pem { get; } = pem;

    public PrivateKey? Key { get; } = key;

    public DateTimeOffset NotAfter => Certificate.NotAfter.ToUniversalTime();

    /// <summary>Takes over an authority that anybody made, after checking that it can be one.</summary>
    /// <param name="certificatePem">The certificate file's bytes.</param>
    /// <param name="keyPem">The key file's bytes, or null where the key is kept elsewhere.</param>
    /// <param name="path">The certificate file, for messages.</param>
    /// <param name="keyPath">The key file, for messages.</param>
    /// <param name="now">The time by which its dates are judged.</param>
    /// <exception cref="KubePrepException">It is damaged, no authority, out of its dates, or key and certificate do not match.</exception>
    public static CertificateAuthority Read(byte[] certificatePem, byte[]? keyPem, string path, string keyPath, DateTimeOffset now)
    {
        var certificate = CertificateFile.Read(certificatePem, path);
        PrivateKey? key = null;
        try
        {
            if (KeySpecification.Of(certificate.PublicKey) is not { IsSupported: true })
            {
                throw PkiErrors.UnsupportedKey(path);
            }

            if (!CertificateFile.IsAuthority(certificate))
            {
                throw PkiErrors.NotCertificateAuthority(path, certificate);
            }

            if (certificate.NotAfter.ToUniversalTime() <= now)
            {
                throw PkiErrors.CertificateAuthorityExpired(path, certificate);
            }

            if (certificate.NotBefore.ToUniversalTime() > now)
            {
                throw PkiErrors.CertificateAuthorityNotYetValid(path, certificate);
            }

            key = keyPem is null ? null : PrivateKey.ReadPem(keyPem, keyPath);
            return key is null || key.Matches(certificate)
                ? new CertificateAuthority(certificate, certificatePem, key)
                : throw PkiErrors.CertificateAuthorityKeyMismatch(path, keyPath);
        }
        catch
        {
            key?.Dispose();
            certificate.Dispose();
            throw;
        }
    }

    /// <summary>The authority key identifier of its leaves: its own subject key identifier, and none if it has none, as in Go.</summary>
    public X509AuthorityKeyIdentifierExtension? KeyIdentifierForLeaves() =>
        Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier
            ? X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier)
            : null;

    public void Dispose()
    {
        Key?.Dispose();
        Certificate.Dispose();
    }
}
