using System.Text;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class PrivateKeyTests
{
    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256, "EC PRIVATE KEY")]
    [InlineData(KeyAlgorithm.EcdsaP384, "EC PRIVATE KEY")]
    [InlineData(KeyAlgorithm.Rsa2048, "RSA PRIVATE KEY")]
    public void Is_written_as_cfssl_writes_it_and_read_back(KeyAlgorithm algorithm, string label)
    {
        using var key = PrivateKey.Generate(algorithm);
        var pem = key.ToPem();
        var text = Encoding.ASCII.GetString(pem);
        Assert.StartsWith($"-----BEGIN {label}-----\n", text, StringComparison.Ordinal);
        Assert.EndsWith($"\n-----END {label}-----\n", text, StringComparison.Ordinal);
        using var read = PrivateKey.ReadPem(pem, "x-key.pem");
        Assert.Equal(key.PublicKey.ExportSubjectPublicKeyInfo(), read.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(pem, read.ToPem());
    }

    [Fact]
    public void Is_a_new_one_each_time()
    {
        var keys = new HashSet<string>();
        for (var i = 0; i < 200; i++)
        {
            using var key = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
            keys.Add(Convert.ToHexString(key.PublicKey.ExportSubjectPublicKeyInfo()));
        }

        Assert.Equal(200, keys.Count);
    }

    [Theory]
    [InlineData("rsa", 2048, "genrsa", "-traditional", "2048")]
    [InlineData("rsa", 2048, "genrsa", "2048")]
    [InlineData("rsa", 2048, "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")]
    [InlineData("ecdsa", 256, "ecparam", "-name", "prime256v1", "-genkey")]
    [InlineData("ecdsa", 256, "ecparam", "-name", "prime256v1", "-genkey", "-noout")]
    [InlineData("ecdsa", 384, "ecparam", "-name", "secp384r1", "-genkey")]
    [InlineData("ecdsa", 521, "ecparam", "-name", "secp521r1", "-genkey")]
    [InlineData("ecdsa", 256, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")]
    [InlineData("ecdsa", 384, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")]
    public void Reads_the_forms_that_openssl_makes(string family, int size, params string[] arguments)
    {
        Tool.Require("openssl");
        var pem = Tool.Run("openssl", arguments);
        using var key = PrivateKey.ReadPem(TestPki.Utf8(pem), "x-key.pem");
        Assert.Equal(new KeySpecification(family, size), key.Specification);
        Assert.Equal(PublicKeyOf(pem), PublicKeyOf(Encoding.ASCII.GetString(key.ToPem())));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n\n")]
    public void Reads_other_line_ends_and_text_around(string lineEnd)
    {
        using var key = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
        var text = $"Bag Attributes\n    localKeyID: 01\n{Encoding.ASCII.GetString(key.ToPem())}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        using var read = PrivateKey.ReadPem(TestPki.Utf8(text.Replace("\n", lineEnd, StringComparison.Ordinal)), "x-key.pem");
        Assert.Equal(key.ToPem(), read.ToPem());
    }

    [Theory]
    [InlineData("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes-256-cbc", "-pass", "pass:x")]
    [InlineData("genrsa", "-traditional", "-aes128", "-passout", "pass:x", "2048")]
    public void Refuses_encrypted_keys(params string[] arguments)
    {
        Tool.Require("openssl");
        var pem = Tool.Run("openssl", arguments);
        Assert.Contains("ENCRYPTED", pem, StringComparison.Ordinal);
        Assert.Contains("-out KEY.new", AssertRefused(ErrorId.EncryptedKey, pem).RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("genpkey", "-algorithm", "ED25519")]
    [InlineData("genpkey", "-algorithm", "X25519")]
    [InlineData("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048")]
    [InlineData("ecparam", "-name", "secp256k1", "-genkey", "-noout")]
    [InlineData("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:brainpoolP256r1")]
    public void Refuses_keys_of_other_kinds(params string[] arguments)
    {
        Tool.Require("openssl");
        AssertRefused(ErrorId.UnsupportedKey, Tool.Run("openssl", arguments));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMAMCAQA=\n-----END RSA PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nA")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void Refuses_garbage(string pem) => AssertRefused(ErrorId.MalformedKey, pem);

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public void Either_is_read_or_refused_however_it_is_damaged_and_never_quoted(KeyAlgorithm algorithm)
    {
        using var key = TestPki.AuthorityKey(algorithm);
        var pem = key.ToPem();
        var secrets = Encoding.ASCII.GetString(pem).Split('\n').Where(line => line.Length > 8 && line[0] != '-').ToList();
        Property.Holds(
            Generators.Damaged(pem),
            file =>
            {
                try
                {
                    PrivateKey.ReadPem(file.Content, "x-key.pem").Dispose();
                }
                catch (KubePrepException e)
                {
                    Assert.Contains(e.Id, new[] { ErrorId.MalformedKey, ErrorId.UnsupportedKey });
                    Assert.All(secrets, secret => Assert.DoesNotContain(secret[..8], e.ToString(), StringComparison.Ordinal));
                }
            },
            cases: 1000);
    }

    [Fact]
    public void Matches_its_own_certificate_only()
    {
        using var authority = TestPki.Authority();
        using var one = TestPki.Issue(TestPki.Leaf(), authority);
        using var other = TestPki.Issue(TestPki.Leaf(), authority);
        Assert.True(one.Key.Matches(one.Certificate));
        Assert.False(one.Key.Matches(other.Certificate));
        using var rsa = TestPki.AuthorityKey(KeyAlgorithm.Rsa2048);
        Assert.False(rsa.Matches(one.Certificate));
    }

    private static KubePrepException AssertRefused(ErrorId id, string pem)
    {
        var error = Expect.Error(id, () => PrivateKey.ReadPem(TestPki.Utf8(pem), "x-key.pem"));
        Assert.Equal("x-key.pem", error.Target);
        Assert.All(
            pem.Split('\n').Where(line => line.Length > 8 && line[0] != '-'),
            line => Assert.DoesNotContain(line[..8], error.ToString(), StringComparison.Ordinal));
        return error;
    }

    private static string PublicKeyOf(string pem)
    {
        var result = Tool.Try("openssl", pem, "pkey", "-pubout");
        Assert.Equal(0, result.ExitCode);
        return result.Output;
    }
}
