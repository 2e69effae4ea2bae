using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>What is wrong with a leaf certificate, in words that begin where "because" ends.</summary>
internal static class LeafInspection
{
    /// <summary>Why the certificate must be issued again, or null if it need not.</summary>
    public static string? ReasonToReissue(
        CertificatePair leaf, LeafSpecification wanted, CertificateAuthority authority, DateTimeOffset now) =>
        Fault(leaf.Certificate, leaf.Key, authority.Certificate, now)
        ?? Deviation(leaf.Certificate, wanted)
        ?? AgeReason(leaf.Certificate, wanted.Profile, authority, now);

    /// <summary>Why the certificate is of no use, whatever it is for, or null if it is sound.</summary>
    public static string? Fault(X509Certificate2 certificate, PrivateKey key, X509Certificate2 authority, DateTimeOffset now)
    {
        return !key.Matches(certificate) ? "the key does not match the certificate"
            : !CertificateFile.IsSignedBy(certificate, authority) ? "it is not signed by this certificate authority"
            : certificate.NotAfter.ToUniversalTime() <= now ? $"it expired on {Date(certificate.NotAfter)}"
            : certificate.NotBefore.ToUniversalTime() > now ? $"it is valid only from {Date(certificate.NotBefore)} on"
            : null;
    }

    /// <summary>Whether the certificate is in the last third of its life, when it should be replaced.</summary>
    public static bool IsAging(X509Certificate2 certificate, DateTimeOffset now) =>
        IsAging(certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(), now);

    /// <summary>
    /// Why an API server would not accept the certificate of a client, or null if it does: no authority, and usages, if there are any,
    /// with client auth.
    /// </summary>
    public static string? ClientFault(X509Certificate2 certificate)
    {
        var usages = CertificateUsages.Of(certificate).ExtendedUsageOids;
        return CertificateFile.IsAuthority(certificate) || (usages.Count > 0 && !usages.Intersect(CertificateUsages.ForClients).Any())
            ? "it is no certificate for clients: its usages lack client auth, or it is that of an authority"
            : null;
    }

    private static string? Deviation(X509Certificate2 certificate, LeafSpecification wanted)
    {
        var subject = SubjectName.Read(certificate.SubjectName);
        return !subject.Equals(wanted.Subject) ? $"its subject is {subject}, not {wanted.Subject}"
            : !CertificateUsages.Of(certificate).AllowsTheSameAs(wanted.Profile.Usages) ? $"its usages are not those of profile {wanted.Profile.Name}"
            : !SubjectAlternativeNames.Of(certificate).SameAs(wanted.AlternativeNames) ? "its alternative names are not the document's hosts"
            : KeySpecification.Of(certificate.PublicKey) is var key && key != KeySpecification.Of(wanted.Algorithm)
                ? $"its key is {key?.ToString() ?? "of another kind"}, not {KeySpecification.Of(wanted.Algorithm)}"
            : null;
    }

    /// <summary>
    /// Age is a reason only where a new certificate would live longer, which one under an ending authority would not, and would not
    /// itself be old at once, which one with a long backdate and a short expiry would.
    /// </summary>
    private static string? AgeReason(X509Certificate2 certificate, SigningProfile profile, CertificateAuthority authority, DateTimeOffset now)
    {
        var (notBefore, notAfter) = CertificateIssuer.Validity(profile, authority.NotAfter, now);
        return IsAging(certificate, now) && notAfter > certificate.NotAfter.ToUniversalTime() && !IsAging(notBefore, notAfter, now)
            ? $"it is in the last third of its life, which ends on {Date(certificate.NotAfter)}"
            : null;
    }

    private static bool IsAging(DateTimeOffset notBefore, DateTimeOffset notAfter, DateTimeOffset now) => notAfter - now < (notAfter - notBefore) / 3;

    private static string Date(DateTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.ToUniversalTime():yyyy-MM-dd}");
}
