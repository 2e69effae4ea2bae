using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>Certificates as PEM files, and what can be told from one alone.</summary>
internal static class CertificateFile
{
    private static ReadOnlySpan<byte> Label => "CERTIFICATE"u8;

    /// <summary>Reads the one certificate of a PEM file.</summary>
    /// <exception cref="KubePrepException">There is none, more than one, or it is damaged (<see cref="ErrorId.MalformedCertificate"/>).</exception>
    public static X509Certificate2 Read(ReadOnlySpan<byte> pem, string path)
    {
        var all = ReadAll(pem, path);
        if (all is [var only])
        {
            return only;
        }

        all.ForEach(certificate => certificate.Dispose());
        throw PkiErrors.MalformedCertificate(path, $"it holds {all.Count} certificates, where one belongs");
    }

    /// <summary>Reads the certificates of a PEM file, in its order; there is at least one.</summary>
    /// <exception cref="KubePrepException">There is none, or one is there twice or damaged (<see cref="ErrorId.MalformedCertificate"/>).</exception>
    public static List<X509Certificate2> ReadAll(ReadOnlySpan<byte> pem, string path)
    {
        var certificates = new List<X509Certificate2>();
        try
        {
            Pem.Decode(pem, Label).ForEach(der => certificates.Add(Decoded(X509CertificateLoader.LoadCertificate(der))));
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            certificates.ForEach(certificate => certificate.Dispose());
            throw PkiErrors.MalformedCertificate(path, "its PEM block is damaged");
        }

        return certificates.Count == 0 ? throw PkiErrors.MalformedCertificate(path, "it holds no PEM block CERTIFICATE")
            : certificates.DistinctBy(certificate => certificate.Thumbprint).Count() < certificates.Count
                ? throw PkiErrors.MalformedCertificate(path, "it holds a certificate twice")
            : certificates;
    }

    /// <summary>Certificates as one PEM file, in this order.</summary>
    public static byte[] Encode(params IEnumerable<X509Certificate2> certificates) =>
        [.. certificates.SelectMany(certificate => Pem.Encode(Label, certificate.RawData))];

    /// <summary>Whether a certificate may sign others: basic constraints CA:TRUE, and key usage, if there is any, with certificate signing.</summary>
    public static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority)
        && certificate.Extensions.OfType<X509KeyUsageExtension>().All(e => e.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign));

    /// <summary>Whether <paramref name="issuer"/>'s key signed the certificate, and its name is the issuer's, byte for byte as Go compares it.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (!certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData))
        {
            return false;
        }

        try
        {
            var parts = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            var signed = parts.ReadEncodedValue().Span;
            parts.ReadEncodedValue();
            return Verify(issuer.PublicKey, signed, parts.ReadBitString(out _), certificate.SignatureAlgorithm.Value);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Whether the certificate's signature is of a kind that <see cref="IsSignedBy"/> can check.</summary>
    public static bool CanCheckSignature(X509Certificate2 certificate) => HashOf(certificate.SignatureAlgorithm.Value) is not null;

    /// <summary>
    /// The first certificate of a file, which is the one that is presented, where only its dates, its issuer and its signature matter: other
    /// programs may read what <see cref="ReadAll"/> refuses. Null if there is none.
    /// </summary>
    public static X509Certificate2? ReadPresented(ReadOnlySpan<byte> content)
    {
        var start = content.IndexOf("-----BEGIN "u8); // a byte order mark may come before it
        X509Certificate2? certificate = null;
        try
        {
            certificate = start < 0 || Pem.Decode(content[start..], Label) is not [var first, ..] ? null : X509CertificateLoader.LoadCertificate(first);
            _ = (certificate?.NotAfter, certificate?.IssuerName, certificate?.SignatureAlgorithm);
            return certificate;
        }
        catch (CryptographicException)
        {
            certificate?.Dispose();
            return null;
        }
    }

    /// <summary>
    /// Whether a certificate names an authority as its issuer, where its signature cannot tell: by the name, and by the key identifier
    /// (RFC 5280, 4.2.1.1) if both bear one, as several authorities may have one name.
    /// </summary>
    public static bool NamesAsIssuer(X509Certificate2 certificate, X509Certificate2 authority) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData)
        && (IssuerKeyIdentifier(certificate) is not { } named || SubjectKeyIdentifier(authority) is not { } own || named.Span.SequenceEqual(own.Span));

    private static ReadOnlyMemory<byte>? SubjectKeyIdentifier(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes;

    private static ReadOnlyMemory<byte>? IssuerKeyIdentifier(X509Certificate2 certificate)
    {
        try
        {
            return certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier;
        }
        catch (CryptographicException)
        {
            return null; // a damaged one names nobody
        }
    }

    /// <summary>Decodes at once what .NET would decode, and find damaged, only when it is asked for.</summary>
    private static X509Certificate2 Decoded(X509Certificate2 certificate)
    {
        try
        {
            _ = IsAuthority(certificate);
            _ = (certificate.NotBefore, certificate.NotAfter, certificate.Subject, certificate.Issuer, certificate.SignatureAlgorithm);
            _ = CertificateUsages.Of(certificate);
            _ = SubjectName.Read(certificate.SubjectName);
            _ = SubjectAlternativeNames.Of(certificate).Hosts;
            _ = certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifier;
            return certificate;
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    /// <summary>Checks a signature by the algorithms of RFC 4055 (PKCS#1 v1.5) and RFC 5758 (ECDSA); any other counts as wrong.</summary>
    private static bool Verify(PublicKey publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, string? algorithm)
    {
        if (HashOf(algorithm) is not { } name)
        {
            return false;
        }

        using var rsa = publicKey.GetRSAPublicKey();
        using var ecdsa = publicKey.GetECDsaPublicKey();
        return rsa?.VerifyData(data, signature, name, RSASignaturePadding.Pkcs1)
            ?? ecdsa?.VerifyData(data, signature, name, DSASignatureFormat.Rfc3279DerSequence)
            ?? false;
    }

    private static HashAlgorithmName? HashOf(string? signatureAlgorithm) => signatureAlgorithm switch
    {
        "1.2.840.113549.1.1.11" or "1.2.840.10045.4.3.2" => HashAlgorithmName.SHA256,
        "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => HashAlgorithmName.SHA384,
        "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => HashAlgorithmName.SHA512,
        _ => null,
    };
}
