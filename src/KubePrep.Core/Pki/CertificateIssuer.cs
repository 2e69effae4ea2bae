using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>Makes certificates in cfssl's form (extensions and their order, criticality, serial numbers, backdating).</summary>
internal static class CertificateIssuer
{
    /// <summary>How far a certificate's start is set back, so that a machine whose clock is behind accepts it.</summary>
    public static readonly TimeSpan DefaultBackdate = TimeSpan.FromMinutes(5);

    private const int SerialNumberLength = 20;

    /// <summary>Key usage, alternative names, basic constraints, extended key usage, and the identifiers of subject and authority.</summary>
    private static readonly string[] IssuedExtensions = ["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.37", "2.5.29.14", "2.5.29.35"];

    /// <summary>Makes a self-signed certificate authority.</summary>
    public static X509Certificate2 IssueAuthority(AuthoritySpecification authority, PrivateKey key, DateTimeOffset now)
    {
        var subject = authority.Subject.Encode();
        var builder = new CertificateRequest(subject, key.PublicKey, key.Specification.SignatureHash);
        builder.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        builder.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true,
            hasPathLengthConstraint: authority.PathLength is not null,
            pathLengthConstraint: authority.PathLength ?? 0,
            critical: true));
        builder.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key.PublicKey, critical: false));
        AddIfPresent(builder, authority.AlternativeNames.Extension);

        var notBefore = Start(now, authority.Backdate);
        return builder.Create(subject, key.CreateSignatureGenerator(), notBefore, notBefore + authority.Expiry.Duration, NewSerialNumber());
    }

    /// <summary>Makes a leaf; its end is that of the authority at the latest.</summary>
    public static X509Certificate2 IssueLeaf(LeafSpecification leaf, PublicKey publicKey, CertificateAuthority authority, DateTimeOffset now)
    {
        var key = authority.Key!; // plans are made only where it is there
        var builder = new CertificateRequest(leaf.Subject.Encode(), publicKey, key.Specification.SignatureHash);
        AddIfPresent(builder, leaf.Profile.Usages.KeyUsage == 0 ? null : new X509KeyUsageExtension(leaf.Profile.Usages.KeyUsage, critical: true));
        if (leaf.Profile.Usages.ExtendedUsageOids is { Count: > 0 } usages)
        {
            builder.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(oid => new Oid(oid))], critical: false));
        }

        builder.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        builder.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(publicKey, critical: false));
        AddIfPresent(builder, authority.KeyIdentifierForLeaves());
        AddIfPresent(builder, leaf.AlternativeNames.Extension);

        var (notBefore, notAfter) = Validity(leaf.Profile, authority.NotAfter, now);
        return builder.Create(authority.Certificate.SubjectName, key.CreateSignatureGenerator(), notBefore, notAfter, NewSerialNumber());
    }

    /// <summary>The extensions of a certificate that one made in its place would not have, by name where they have one, and by number.</summary>
    public static IReadOnlyList<string> LostExtensions(X509Certificate2 certificate) =>
    [
        .. certificate.Extensions.Select(extension => extension.Oid!).ExceptBy(IssuedExtensions, oid => oid.Value)
            .Select(oid => string.IsNullOrEmpty(oid.FriendlyName) ? oid.Value! : $"{oid.FriendlyName} ({oid.Value})"),
    ];

    /// <summary>The dates a leaf would get now: the lifetime counts from the backdated start, and never outlives the authority.</summary>
    public static (DateTimeOffset NotBefore, DateTimeOffset NotAfter) Validity(SigningProfile profile, DateTimeOffset authorityEnd, DateTimeOffset now)
    {
        var notBefore = Start(now, profile.Backdate);
        var notAfter = notBefore + profile.Expiry.Duration;
        return (notBefore, notAfter <= authorityEnd ? notAfter : authorityEnd);
    }

    /// <summary>Now, rounded to the minute and set back, but never in the future, where a short backdate would leave it.</summary>
    public static DateTimeOffset Start(DateTimeOffset now, TimeSpan backdate)
    {
        var rounded = (now.UtcTicks + (TimeSpan.TicksPerMinute / 2)) / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute;
        var start = new DateTimeOffset(rounded, TimeSpan.Zero) - backdate;
        return start <= now ? start : start - TimeSpan.FromMinutes(1);
    }

    private static void AddIfPresent(CertificateRequest builder, X509Extension? extension)
    {
        if (extension is not null)
        {
            builder.CertificateExtensions.Add(extension);
        }
    }

    /// <summary>159 random bits: positive, and never longer than the 20 octets RFC 5280 (section 4.1.2.2) allows.</summary>
    private static byte[] NewSerialNumber()
    {
        var serial = new byte[SerialNumberLength];
        do
        {
            RandomNumberGenerator.Fill(serial);
            serial[0] &= 0x7F;
        }
        while (serial[0] == 0); // a shorter number would need its own encoding

        return serial;
    }
}
