using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

/// <summary>Authorities and leaves in memory.</summary>
internal static class TestPki
{
    public static readonly DateTimeOffset Now = new(2030, 6, 15, 10, 20, 17, TimeSpan.Zero);

    private static readonly ConcurrentDictionary<KeyAlgorithm, Lazy<byte[]>> AuthorityKeys = [];

    public static CertificateAuthority Authority(
        string commonName = "kubernetes-ca", string expiry = "10y", KeyAlgorithm algorithm = KeyAlgorithm.EcdsaP256, DateTimeOffset? made = null)
    {
        var key = AuthorityKey(algorithm);
        var wanted = new AuthoritySpecification(
            SubjectName.Of(commonName, "k8s"), algorithm, Hosts(), Lifetime.Parse(expiry), CertificateIssuer.DefaultBackdate, PathLength: null);
        var certificate = CertificateIssuer.IssueAuthority(wanted, key, made ?? Now);
        return new CertificateAuthority([certificate], CertificateFile.Encode(certificate), key);
    }

    /// <summary>A new key of a curve, which costs nothing, or the one RSA key of its size that is made for all tests.</summary>
    public static PrivateKey AuthorityKey(KeyAlgorithm algorithm) =>
        KeySpecification.Of(algorithm).Family == KeySpecification.Ecdsa
            ? PrivateKey.Generate(algorithm)
            : PrivateKey.ReadPem(AuthorityKeys.GetOrAdd(algorithm, a => new Lazy<byte[]>(() => Made(a))).Value, "ca-key.pem");

    public static SigningProfile Profile(string expiry = "1y", params string[] usages) => new(
        "kubernetes",
        CertificateUsages.Parse(
            usages.Length > 0 ? usages : ["signing", "key encipherment", "client auth"], "kubernetes", "ca-config.json"),
        Lifetime.Parse(expiry),
        CertificateIssuer.DefaultBackdate);

    public static SubjectAlternativeNames Hosts(params string[] hosts) => SubjectAlternativeNames.Of(hosts, "admin-csr.json");

    public static LeafSpecification Leaf(SubjectName? subject = null, SigningProfile? profile = null, params string[] hosts) =>
        new(subject ?? SubjectName.Of("admin", "system:masters"), KeyAlgorithm.EcdsaP256, Hosts(hosts), profile ?? Profile());

    public static CertificatePair Issue(LeafSpecification leaf, CertificateAuthority authority, DateTimeOffset? made = null)
    {
        var key = PrivateKey.Generate(leaf.Algorithm);
        var certificate = CertificateIssuer.IssueLeaf(leaf, key.PublicKey, authority, made ?? Now);
        return new CertificatePair(certificate, CertificateFile.Encode(certificate), key, key.ToPem());
    }

    public static CertificateFields FieldsOf(X509Certificate2 certificate) => CertificateFields.Read(certificate.RawData);

    /// <summary>The fields of a certificate in PEM, whoever wrote it.</summary>
    public static CertificateFields FieldsOf(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return FieldsOf(certificate);
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Made(KeyAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        return key.ToPem();
    }
}
