using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>A key's family and size, as cfssl's <c>key</c> object writes them; for a curve the size is that of its field, in bits.</summary>
internal sealed record KeySpecification(string Family, int Size)
{
    public const string Rsa = "rsa";
    public const string Ecdsa = "ecdsa";

    private const string OtherCurve = "other";

    /// <summary>By <see cref="KeyAlgorithm"/>.</summary>
    private static readonly KeySpecification[] Algorithms = [new(Ecdsa, 256), new(Ecdsa, 384), new(Rsa, 2048), new(Rsa, 3072), new(Rsa, 4096)];

    /// <summary>Whether the key is of a kind that Kubernetes can use, be it one KubePrep makes or not.</summary>
    public bool IsSupported => Family != OtherCurve;

    /// <summary>The algorithm of this family and size, or null if KubePrep makes no such keys.</summary>
    public KeyAlgorithm? Algorithm => Array.IndexOf(Algorithms, this) is >= 0 and var index ? (KeyAlgorithm)index : null;

    /// <summary>
    /// The hash of signatures made with such a key, as cfssl chooses it: SHA-256 below RSA 3072 and P-384, SHA-384 below
    /// RSA 4096 and P-521, else SHA-512.
    /// </summary>
    public HashAlgorithmName SignatureHash => this switch
    {
        (Rsa, < 3072) or (Ecdsa, <= 256) => HashAlgorithmName.SHA256,
        (Rsa, < 4096) or (Ecdsa, <= 384) => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };

    public static KeySpecification Of(KeyAlgorithm algorithm) => Algorithms[(int)algorithm];

    public static KeySpecification Of(AsymmetricAlgorithm key) => key is ECDsa ecdsa
        ? new KeySpecification(IsNistCurve(ecdsa) ? Ecdsa : OtherCurve, key.KeySize)
        : new KeySpecification(Rsa, key.KeySize);

    /// <summary>The specification of a certificate's key, or null if it is neither RSA nor ECDSA, or damaged.</summary>
    public static KeySpecification? Of(PublicKey publicKey)
    {
        try
        {
            using var key = publicKey.GetRSAPublicKey() ?? (AsymmetricAlgorithm?)publicKey.GetECDsaPublicKey();
            return key is null ? null : Of(key);
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    public override string ToString() => Family switch
    {
        Rsa => $"RSA {Size}",
        Ecdsa => $"ECDSA P-{Size}",
        _ => $"ECDSA of {Size} bits on another curve",
    };

    /// <summary>P-256, P-384 and P-521, the curves that Kubernetes (Go's crypto/x509) can read.</summary>
    private static bool IsNistCurve(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value is "1.2.840.10045.3.1.7" or "1.3.132.0.34" or "1.3.132.0.35";
}
