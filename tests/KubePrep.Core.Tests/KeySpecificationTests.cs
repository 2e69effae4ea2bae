using System.Security.Cryptography;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class KeySpecificationTests
{
    [Theory]
    [InlineData("rsa", 1024, "SHA256")]
    [InlineData("rsa", 2048, "SHA256")]
    [InlineData("rsa", 3071, "SHA256")]
    [InlineData("rsa", 3072, "SHA384")]
    [InlineData("rsa", 4095, "SHA384")]
    [InlineData("rsa", 4096, "SHA512")]
    [InlineData("rsa", 8192, "SHA512")]
    [InlineData("ecdsa", 256, "SHA256")]
    [InlineData("ecdsa", 384, "SHA384")]
    [InlineData("ecdsa", 521, "SHA512")]
    public void Chooses_the_hash_as_cfssl_does(string family, int size, string hash) =>
        Assert.Equal(new HashAlgorithmName(hash), new KeySpecification(family, size).SignatureHash);

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256, "ECDSA P-256")]
    [InlineData(KeyAlgorithm.EcdsaP384, "ECDSA P-384")]
    [InlineData(KeyAlgorithm.Rsa2048, "RSA 2048")]
    [InlineData(KeyAlgorithm.Rsa3072, "RSA 3072")]
    [InlineData(KeyAlgorithm.Rsa4096, "RSA 4096")]
    public void Stands_for_an_algorithm(KeyAlgorithm algorithm, string text)
    {
        var specification = KeySpecification.Of(algorithm);
        Assert.Equal(algorithm, specification.Algorithm);
        Assert.Equal(text, specification.ToString());
    }

    [Fact]
    public void Stands_for_no_algorithm_where_KubePrep_makes_no_such_keys()
    {
        Assert.Null(new KeySpecification("rsa", 1024).Algorithm);
        Assert.Null(new KeySpecification("ecdsa", 521).Algorithm);
        Assert.Null(new KeySpecification("", 0).Algorithm);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public void Is_told_from_a_key(KeyAlgorithm algorithm)
    {
        using var key = TestPki.AuthorityKey(algorithm);
        Assert.Equal(KeySpecification.Of(algorithm), key.Specification);
        Assert.Equal(KeySpecification.Of(algorithm), KeySpecification.Of(key.PublicKey));
    }

    [Fact]
    public void Does_not_take_another_curve_of_256_bits_for_P256()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.Null(KeySpecification.Of(key).Algorithm);
        Assert.NotEqual(KeySpecification.Of(KeyAlgorithm.EcdsaP256), KeySpecification.Of(key));
    }
}
