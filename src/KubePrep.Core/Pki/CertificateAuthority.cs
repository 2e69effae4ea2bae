using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>
/// A certificate authority: the certificate it signs by, the bytes of its file, and its key where there is one. While an authority is
/// being changed, its file is a bundle: the first certificate is the one that signs, and the others are trusted as well.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    public CertificateAuthority(IReadOnlyList<X509Certificate2> trusted, byte[] pem, PrivateKey? key)
    {
        Trusted = trusted;
        Certificate = (key is null ? null : trusted.FirstOrDefault(key.Matches)) ?? trusted[0];
        Pem = pem;
        Key = key;
    }

    /// <summary>The certificate that signs: the one its key belongs to, and the first one where the key is not known.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Every certificate of the file, in its order.</summary>
    public IReadOnlyList<X509Certificate2> Trusted { get; }

    /// <summary>The certificate file's bytes, which kubeconfigs embed as they are.</summary>
    public byte[] Pem { get; }

    public PrivateKey? Key { get; }

    /// <summary>Whether there is a key that is encrypted, and no passphrase was given for it.</summary>
    public bool IsKeyLocked { get; private init; }

    public DateTimeOffset NotAfter => Certificate.NotAfter.ToUniversalTime();

    /// <summary>Whether its certificate bears a subject key identifier (RFC 5280, 4.2.1.2), as it should, and some that openssl made do not.</summary>
    public bool HasKeyIdentifier => KeyIdentifier is not null;

    private X509SubjectKeyIdentifierExtension? KeyIdentifier => Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault();

    /// <summary>Takes over an authority that anybody made, after checking that it can be one.</summary>
    /// <param name="certificatePem">The certificate file's bytes.</param>
    /// <param name="keyPem">The key file's bytes, or null where the key is kept elsewhere.</param>
    /// <param name="path">The certificate file, for messages.</param>
    /// <param name="keyPath">The key file, for messages.</param>
    /// <param name="now">The time by which its dates are judged; null where they do not matter.</param>
    /// <param name="passphrase">Opens a key that is encrypted; without one such a key stays locked.</param>
    /// <exception cref="KubePrepException">It is damaged, no authority, out of its dates, or key and certificate do not match.</exception>
    public static CertificateAuthority Read(
        byte[] certificatePem, byte[]? keyPem, string path, string keyPath, DateTimeOffset? now, Secret? passphrase = null)
    {
        var trusted = CertificateFile.ReadAll(certificatePem, path);
        PrivateKey? key = null;
        try
        {
            var isLocked = keyPem is not null && passphrase is null && PrivateKey.IsEncrypted(keyPem);
            key = keyPem is null || isLocked ? null : PrivateKey.ReadPem(keyPem, keyPath, passphrase, trusted[0].PublicKey);
            if (key is not null && !trusted.Exists(key.Matches))
            {
                throw PkiErrors.CertificateAuthorityKeyMismatch(path, keyPath);
            }

            var authority = new CertificateAuthority(trusted, certificatePem, key) { IsKeyLocked = isLocked };
            RequireUsable(authority.Certificate, path, now);
            return authority;
        }
        catch
        {
            key?.Dispose();
            trusted.ForEach(certificate => certificate.Dispose());
            throw;
        }
    }

    /// <summary>Which of the certificates signed a leaf; null if none did, or it is no leaf.</summary>
    public X509Certificate2? IssuerOf(X509Certificate2 leaf) =>
        CertificateFile.IsAuthority(leaf) ? null : Trusted.FirstOrDefault(trusted => CertificateFile.IsSignedBy(leaf, trusted));

    /// <summary>The authority key identifier of its leaves: its own subject key identifier, and none if it has none, as in Go.</summary>
    public X509AuthorityKeyIdentifierExtension? KeyIdentifierForLeaves() =>
        KeyIdentifier is { } identifier ? X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier) : null;

    public void Dispose()
    {
        Key?.Dispose();
        foreach (var certificate in Trusted)
        {
            certificate.Dispose();
        }
    }

    private static void RequireUsable(X509Certificate2 certificate, string path, DateTimeOffset? now)
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
    }
}
