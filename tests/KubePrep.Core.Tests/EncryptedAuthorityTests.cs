using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Renewal;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

public sealed class EncryptedAuthorityTests : IDisposable
{
    private const string Passphrase = "grüße 😀";
    private readonly Cluster _cluster = new();
    private readonly Secret _passphrase = new(Passphrase);

    private RunOptions Options => new() { CaPassphrase = _passphrase };

    [Fact]
    public void A_new_authoritys_key_is_encrypted_so_that_openssl_opens_it()
    {
        Tool.Require("openssl");
        _cluster.Deploy(options: Options);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", _cluster.Read("ssl/ca-key.pem"), StringComparison.Ordinal);
        Assert.Equal(
            Tool.Run("openssl", "x509", "-in", _cluster["ssl/ca.pem"], "-noout", "-pubkey"),
            Tool.Run("openssl", "pkey", "-in", _cluster["ssl/ca-key.pem"], "-passin", $"pass:{Passphrase}", "-pubout"));
        _cluster.AssertSound();
    }

    [Theory]
    [InlineData("-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512")]
    [InlineData("-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1")]
    [InlineData("-v2", "des3")]
    public void A_key_that_openssl_encrypted_signs_with_its_passphrase(params string[] encryption)
    {
        Tool.Require("openssl");
        _cluster.Deploy();
        Encrypt(encryption);
        File.Delete(_cluster["ssl/admin.pem"]);
        Expect.ErrorWithoutTrace(ErrorId.EncryptedKey, _cluster.Directory, () => _cluster.Deploy());
        using var wrong = new Secret("wrong");
        var error = Expect.ErrorWithoutTrace(
            ErrorId.PassphraseWrong, _cluster.Directory, () => _cluster.Deploy(options: new RunOptions { CaPassphrase = wrong }));
        Assert.DoesNotContain("wrong\"", error.ToString(), StringComparison.Ordinal);
        _cluster.Deploy(options: Options);
        _cluster.AssertSound();
    }

    [Fact]
    public void Scrypt_is_not_taken_for_a_wrong_passphrase_alone()
    {
        Tool.Require("openssl");
        _cluster.Deploy();
        Encrypt("-scrypt");
        var error = Expect.Error(ErrorId.PassphraseWrong, () => _cluster.Deploy(options: Options));
        Assert.Contains("another way", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    public void The_key_of_another_authority_is_told_from_a_wrong_passphrase(KeyAlgorithm algorithm)
    {
        _cluster.Deploy(options: Options);
        using var other = new Cluster();
        other.Deploy(request => request with { KeyAlgorithm = algorithm }, Options);
        _cluster.Write("ssl/ca-key.pem", other.Read("ssl/ca-key.pem"));
        Expect.ErrorWithoutTrace(ErrorId.CertificateAuthorityKeyMismatch, _cluster.Directory, () => _cluster.Deploy(options: Options));
    }

    [Fact]
    public void A_passphrase_that_is_not_needed_is_said_to_be()
    {
        _cluster.Deploy();
        Assert.Contains(_cluster.Deploy(options: Options).Warnings, warning => warning.Contains("is not encrypted", StringComparison.Ordinal));
    }

    [Fact]
    public void Renewals_and_every_phase_of_a_change_take_it_and_the_next_key_is_encrypted_too()
    {
        _cluster.Deploy(options: Options);
        var engine = new RenewalEngine(new KubeconfigYaml(), _cluster.Clock);
        var renewal = new CertificateRenewalRequest(_cluster.Directory) { Force = true };
        Expect.ErrorWithoutTrace(ErrorId.EncryptedKey, _cluster.Directory, () => engine.Renew(renewal, new RunOptions()));
        engine.Renew(renewal, Options);
        foreach (var phase in Enum.GetValues<AuthorityPhase>())
        {
            if (phase != AuthorityPhase.Finish)
            {
                var request = new AuthorityChangeRequest(_cluster.Directory, phase);
                Expect.ErrorWithoutTrace(ErrorId.EncryptedKey, _cluster.Directory, () => engine.ChangeAuthority(request, new RunOptions()));
            }

            engine.ChangeAuthority(new AuthorityChangeRequest(_cluster.Directory, phase), Options);
        }

        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", _cluster.Read("ssl/ca-key.pem"), StringComparison.Ordinal);
        _cluster.AssertSound();
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _passphrase.Dispose();
    }

    private void Encrypt(params string[] encryption)
    {
        var encrypted = Tool.Try("openssl", _cluster.Read("ssl/ca-key.pem"), ["pkcs8", "-topk8", .. encryption, "-passout", $"pass:{Passphrase}"]);
        Assert.Contains("ENCRYPTED", encrypted.Output, StringComparison.Ordinal);
        _cluster.Write("ssl/ca-key.pem", encrypted.Output);
    }
}
