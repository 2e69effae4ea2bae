using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class CertificateFileTests
{
    [Fact]
    public void Is_read_back_as_it_was_written()
    {
        using var authority = TestPki.Authority();
        using var read = CertificateFile.Read(CertificateFile.Encode(authority.Certificate), "ca.pem");
        Assert.Equal(authority.Certificate.RawData, read.RawData);
    }

    [Fact]
    public void Is_read_among_the_text_that_openssl_writes_before_it()
    {
        Tool.Require("openssl");
        using var authority = TestPki.Authority();
        var text = Tool.Try("openssl", Encoding.ASCII.GetString(authority.Pem), "x509", "-text").Output;
        Assert.StartsWith("Certificate:", text, StringComparison.Ordinal);
        using var read = CertificateFile.Read(TestPki.Utf8(text), "ca.pem");
        Assert.Equal(authority.Certificate.RawData, read.RawData);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n")]
    public void Refuses_what_is_no_certificate(string pem) => Assert.Equal(
        "ca.pem", Expect.Error(ErrorId.MalformedCertificate, () => CertificateFile.Read(TestPki.Utf8(pem), "ca.pem")).Target);

    [Fact]
    public void Refuses_several_certificates()
    {
        using var authority = TestPki.Authority();
        using var other = TestPki.Authority();
        byte[] both = [.. authority.Pem, .. other.Pem];
        Assert.Contains(
            "2 certificates", Expect.Error(ErrorId.MalformedCertificate, () => CertificateFile.Read(both, "ca.pem")).Message, StringComparison.Ordinal);
        Assert.Equal(
            [authority.Certificate.Thumbprint, other.Certificate.Thumbprint],
            CertificateFile.ReadAll(both, "ca.pem").Select(certificate => certificate.Thumbprint));
    }

    [Fact]
    public void Refuses_a_certificate_that_is_there_twice()
    {
        using var authority = TestPki.Authority();
        byte[] twice = [.. authority.Pem, .. authority.Pem];
        Assert.Contains("twice", Expect.Error(ErrorId.MalformedCertificate, () => CertificateFile.ReadAll(twice, "ca.pem")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Either_is_read_or_refused_however_it_is_damaged()
    {
        using var authority = TestPki.Authority();
        using var leaf = TestPki.Issue(TestPki.Leaf(hosts: ["a.example"]), authority);
        Property.Holds(Generators.Damaged(leaf.CertificatePem), file => Judge(file.Content, authority, leaf), cases: 1000);
    }

    [Fact]
    public void Either_is_read_or_refused_whatever_its_DER_holds()
    {
        using var authority = TestPki.Authority();
        using var leaf = TestPki.Issue(TestPki.Leaf(hosts: ["a.example"]), authority);
        Property.Holds(
            Generators.Damaged(leaf.Certificate.RawData),
            file => Judge(Pem.Encode("CERTIFICATE"u8, file.Content), authority, leaf),
            cases: 2000);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Rsa2048)]
    [InlineData(KeyAlgorithm.Rsa3072)]
    [InlineData(KeyAlgorithm.Rsa4096)]
    public void Knows_its_issuer_by_name_and_signature(KeyAlgorithm algorithm)
    {
        using var authority = TestPki.Authority(algorithm: algorithm);
        using var sameName = TestPki.Authority();
        using var otherName = TestPki.Authority("other-ca");
        using var leaf = TestPki.Issue(TestPki.Leaf(), authority);
        Assert.True(CertificateFile.IsSignedBy(leaf.Certificate, authority.Certificate));
        Assert.True(CertificateFile.IsSignedBy(authority.Certificate, authority.Certificate));
        Assert.False(CertificateFile.IsSignedBy(leaf.Certificate, sameName.Certificate));
        Assert.False(CertificateFile.IsSignedBy(leaf.Certificate, otherName.Certificate));
        Assert.False(CertificateFile.IsSignedBy(authority.Certificate, leaf.Certificate));
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, X509KeyUsageFlags.KeyCertSign, true)]
    [InlineData(true, X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true)]
    [InlineData(true, X509KeyUsageFlags.DigitalSignature, false)]
    [InlineData(false, null, false)]
    [InlineData(false, X509KeyUsageFlags.KeyCertSign, false)]
    [InlineData(null, null, false)]
    [InlineData(null, X509KeyUsageFlags.KeyCertSign, false)]
    public void Is_an_authority_by_its_basic_constraints_and_key_usage(bool? isAuthority, X509KeyUsageFlags? usage, bool expected)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        if (isAuthority is { } flag)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(flag, false, 0, true));
        }

        if (usage is { } flags)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(flags, true));
        }

        using var certificate = request.CreateSelfSigned(TestPki.Now, TestPki.Now.AddYears(1));
        Assert.Equal(expected, CertificateFile.IsAuthority(certificate));
    }

    /// <summary>Asks everything that is ever asked of a certificate that anybody made; only KubePrep's own error may come of it.</summary>
    private static void Judge(byte[] pem, CertificateAuthority authority, CertificatePair original)
    {
        try
        {
            var certificate = CertificateFile.Read(pem, "admin.pem");
            using var pair = new CertificatePair(certificate, pem, PrivateKey.ReadPem(original.Key.ToPem(), "admin-key.pem"), []);
            LeafInspection.ReasonToReissue(pair, TestPki.Leaf(hosts: ["a.example"]), authority, TestPki.Now);
            CertificateFile.IsAuthority(certificate);
            _ = SubjectName.Read(certificate.SubjectName).ToString();
            CertificateUsages.Of(certificate);
            SubjectAlternativeNames.Of(certificate).SameAs(TestPki.Hosts());
            KeySpecification.Of(certificate.PublicKey);
        }
        catch (KubePrepException e)
        {
            Assert.Equal(ErrorId.MalformedCertificate, e.Id);
        }
    }
}
