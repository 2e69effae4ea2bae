using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>What a certificate may be used for: the key usage bits, and the extended usages in their order.</summary>
internal sealed record CertificateUsages(X509KeyUsageFlags KeyUsage, IReadOnlyList<string> ExtendedUsageOids)
{
    /// <summary>
    /// cfssl's names of the key usages (RFC 5280, section 4.2.1.3) and of the extended key usages (section 4.2.1.12, and vendors' own).
    /// </summary>
    private static readonly Usage[] Known =
    [
        new("signing", X509KeyUsageFlags.DigitalSignature),
        new("digital signature", X509KeyUsageFlags.DigitalSignature),
        new("content commitment", X509KeyUsageFlags.NonRepudiation),
        new("key encipherment", X509KeyUsageFlags.KeyEncipherment),
        new("data encipherment", X509KeyUsageFlags.DataEncipherment),
        new("key agreement", X509KeyUsageFlags.KeyAgreement),
        new("cert sign", X509KeyUsageFlags.KeyCertSign),
        new("crl sign", X509KeyUsageFlags.CrlSign),
        new("encipher only", X509KeyUsageFlags.EncipherOnly),
        new("decipher only", X509KeyUsageFlags.DecipherOnly),
        new("any", "2.5.29.37.0"),
        new("server auth", "1.3.6.1.5.5.7.3.1"),
        new("client auth", "1.3.6.1.5.5.7.3.2"),
        new("code signing", "1.3.6.1.5.5.7.3.3"),
        new("email protection", "1.3.6.1.5.5.7.3.4"),
        new("s/mime", "1.3.6.1.5.5.7.3.4"),
        new("ipsec end system", "1.3.6.1.5.5.7.3.5"),
        new("ipsec tunnel", "1.3.6.1.5.5.7.3.6"),
        new("ipsec user", "1.3.6.1.5.5.7.3.7"),
        new("timestamping", "1.3.6.1.5.5.7.3.8"),
        new("ocsp signing", "1.3.6.1.5.5.7.3.9"),
        new("microsoft sgc", "1.3.6.1.4.1.311.10.3.3"),
        new("netscape sgc", "2.16.840.1.113730.4.1"),
    ];

    /// <summary>The extended usages that let a client in: client auth, and any.</summary>
    public static IReadOnlyList<string> ForClients { get; } = ["1.3.6.1.5.5.7.3.2", "2.5.29.37.0"];

    /// <summary>cfssl's names of these usages, the first one of each; an extended usage that cfssl has no name for is its object identifier.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Known.Where(usage => KeyUsage.HasFlag(usage.Flag) && usage.Oid is null).DistinctBy(usage => usage.Flag).Select(usage => usage.Name),
        .. ExtendedUsageOids.Select(oid => Array.Find(Known, usage => usage.Oid == oid)?.Name ?? oid),
    ];

    /// <summary>Reads a profile's list of usages. cfssl drops names it does not know; here they are an error.</summary>
    public static CertificateUsages Parse(IEnumerable<string> names, string profile, string path)
    {
        var keyUsage = X509KeyUsageFlags.None;
        var extended = new List<string>();
        foreach (var name in names)
        {
            var usage = Array.Find(Known, u => u.Name == name) ?? throw PkiErrors.UnknownUsage(path, profile, name, Known.Select(u => u.Name));
            keyUsage |= usage.Flag;
            if (usage.Oid is not null && !extended.Contains(usage.Oid))
            {
                extended.Add(usage.Oid);
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

    private sealed record Usage(string Name, X509KeyUsageFlags Flag, string? Oid)
    {
        public Usage(string name, X509KeyUsageFlags flag)
            : this(name, flag, null)
        {
        }

        public Usage(string name, string oid)
            : this(name, X509KeyUsageFlags.None, oid)
        {
        }
    }
}
