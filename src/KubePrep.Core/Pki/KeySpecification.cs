using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KubePrep.Pki;

/// <summary>A key's family and size, as cfssl's <c>key</c> object writes them; for a curve the size is that of its field, in bits.</summary>
internal sealed record KeySpecification(string Family, int Size)
{
    public const string Rsa = "rsa";
    public const string Ecdsa = "ecdsa";

    /// <summary>By <see cref="KeyAlgorithm"/>.</summary>
    private static readonly KeySpecification[] Algorithms = [new(Ecdsa, 256), new(Ecdsa, 384), new(Rsa, 2048), new(Rsa, 3072), new(Rsa, 4096)];

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

    public static KeySpecification Of(AsymmetricAlgorithm key) => new(key is RSA ? Rsa : Ecdsa, key.KeySize);

    /// <summary>The specification of a certificate's key, or null if it is neither RSA nor ECDSA.</summary>
    public static KeySpecification? Of(PublicKey publicKey)
    {
        using var key = publicKey.GetRSAPublicKey() ?? (AsymmetricAlgorithm?)publicKey.GetECDsaPublicKey();
        return key is null ? null : Of(key);
    }

    public override string ToString() => Family == Rsa ? $"RSA {Size}" : $"ECDSA P-{Size}";
}
