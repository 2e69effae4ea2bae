namespace KubePrep.Pki;

/// <summary>The key algorithms KubePrep makes keys with.</summary>
public enum KeyAlgorithm
{
    /// <summary>ECDSA on NIST P-256 (the default): as strong as RSA 3072, and made in a fraction of a millisecond.</summary>
    EcdsaP256,

    /// <summary>ECDSA on NIST P-384.</summary>
    EcdsaP384,

    /// <summary>RSA with a modulus of 2048 bits.</summary>
    Rsa2048,

    /// <summary>RSA with a modulus of 3072 bits.</summary>
    Rsa3072,

    /// <summary>RSA with a modulus of 4096 bits.</summary>
    Rsa4096,
}
