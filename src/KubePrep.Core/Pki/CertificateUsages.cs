using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>What a certificate may be used for: the key usage bits, and the extended usages in their order.</summary>
internal sealed record CertificateUsages(X509KeyUsageFlags KeyUsage, IReadOnlyList<string> ExtendedUsageOids)
{
    /// <summary>cfssl's names of the key usages (RFC 5280, section 4.2.1.3).</summary>
    private static readonly Dictionary<string, X509KeyUsageFlags> KeyUsages = new()
    {
        ["signing"] = X509KeyUsageFlags.DigitalSignature,
        ["digital signature"] = X509KeyUsageFlags.DigitalSignature,
        ["content commitment"] = X509KeyUsageFlags.NonRepudiation,
        ["key encipherment"] = X509KeyUsageFlags.KeyEncipherment,
        ["data encipherment"] = X509KeyUsageFlags.DataEncipherment,
        ["key agreement"] = X509KeyUsageFlags.KeyAgreement,
        ["cert sign"] = X509KeyUsageFlags.KeyCertSign,
        ["crl sign"] = X509KeyUsageFlags.CrlSign,
        ["encipher only"] = X509KeyUsageFlags.EncipherOnly,
        ["decipher only"] = X509KeyUsageFlags.DecipherOnly,
    };

    /// <summary>cfssl's names of the extended key usages (RFC 5280, section 4.2.1.12, and the vendors' own).</summary>
    private static readonly Dictionary<string, string> ExtendedUsages = new()
    {
        ["any"] = "2.5.29.37.0",
        ["server auth"] = "1.3.6.1.5.5.7.3.1",
        ["client auth"] = "1.3.6.1.5.5.7.3.2",
        ["code signing"] = "1.3.6.1.5.5.7.3.3",
        ["email protection"] = "1.3.6.1.5.5.7.3.4",
        ["s/mime"] = "1.3.6.1.5.5.7.3.4",
        ["ipsec end system"] = "1.3.6.1.5.5.7.3.5",
        ["ipsec tunnel"] = "1.3.6.1.5.5.7.3.6",
        ["ipsec user"] = "1.3.6.1.5.5.7.3.7",
        ["timestamping"] = "1.3.6.1.5.5.7.3.8",
        ["ocsp signing"] = "1.3.6.1.5.5.7.3.9",
        ["microsoft sgc"] = "1.3.6.1.4.1.311.10.3.3",
        ["netscape sgc"] = "2.16.840.1.113730.4.1",
    };

    /// <summary>Reads a profile's list of usages. cfssl drops names it does not know; here they are an error.</summary>
    public static CertificateUsages Parse(IEnumerable<string> names, string profile, string path)
    {
        var keyUsage = X509KeyUsageFlags.None;
        var extended = new List<string>();
        foreach (var name in names)
        {
            if (KeyUsages.TryGetValue(name, out var flag))
            {
                keyUsage |= flag;
            }
            else if (!ExtendedUsages.TryGetValue(name, out var oid))
            {
                throw PkiErrors.UnknownUsage(path, profile, name, KeyUsages.Keys.Concat(ExtendedUsages.Keys));
            }
            else if (!extended.Contains(oid))
            {
                extended.Add(oid);
            }
        }

        return new CertificateUsages(keyUsage, extended);
    }

    public static CertificateUsages Of(X509Certificate2 certificate) => new(
        certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages ?? X509KeyUsageFlags.None,
        [.. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>()).Select(o => o.Value!)]);

    /// <summary>Whether both allow the same, in whatever order.</summary>
    public bool AllowsTheSameAs(CertificateUsages other) =>
        KeyUsage == other.KeyUsage && ExtendedUsageOids.ToHashSet().SetEquals(other.ExtendedUsageOids);
}
