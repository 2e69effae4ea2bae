using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class CertificateAuthorityTests
{
    [Fact]
    public void Is_read_with_and_without_its_key()
    {
        using var made = TestPki.Authority();
        using var read = CertificateAuthority.Read(made.Pem, made.Key!.ToPem(), "ca.pem", "ca-key.pem", TestPki.Now);
        Assert.Equal(made.Pem, read.Pem);
        Assert.Equal(made.NotAfter, read.NotAfter);
        using var withoutKey = CertificateAuthority.Read(made.Pem, null, "/c/ssl/ca.pem", "/c/ssl/ca-key.pem", TestPki.Now);
        Assert.Null(withoutKey.Key);
    }

    [Fact]
    public void Is_refused_outside_its_dates()
    {
        using var made = TestPki.Authority(expiry: "1y");
        var (start, end) = (made.Certificate.NotBefore.ToUniversalTime(), made.Certificate.NotAfter.ToUniversalTime());
        Read(start);
        Read(end.AddSeconds(-1));
        Expect.Error(ErrorId.CertificateAuthorityNotYetValid, () => Read(start.AddSeconds(-1)));
        Assert.Contains(
            "2031-06-15 10:15:00 UTC",
            Expect.Error(ErrorId.CertificateAuthorityExpired, () => Read(end)).Message,
            StringComparison.Ordinal);

        void Read(DateTime now) => CertificateAuthority.Read(made.Pem, made.Key!.ToPem(), "ca.pem", "ca-key.pem", now).Dispose();
    }

    [Fact]
    public void Is_refused_with_the_key_of_another()
    {
        using var one = TestPki.Authority();
        using var other = TestPki.Authority();
        Expect.Error(
            ErrorId.CertificateAuthorityKeyMismatch,
            () => CertificateAuthority.Read(one.Pem, other.Key!.ToPem(), "ca.pem", "ca-key.pem", TestPki.Now));
    }

    [Fact]
    public void Is_refused_where_it_is_a_leaf()
    {
        using var authority = TestPki.Authority();
        using var leaf = TestPki.Issue(TestPki.Leaf(), authority);
        Assert.Contains(
            "CN=admin",
            Expect.Error(
                ErrorId.NotCertificateAuthority,
                () => CertificateAuthority.Read(leaf.CertificatePem, leaf.KeyPem, "ca.pem", "ca-key.pem", TestPki.Now)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Gives_its_leaves_no_key_identifier_where_it_has_none_itself()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(TestPki.Now.AddDays(-1), TestPki.Now.AddYears(1));
        using var authority = CertificateAuthority.Read(
            CertificateFile.Encode(certificate), TestPki.Utf8(key.ExportPkcs8PrivateKeyPem()), "ca.pem", "ca-key.pem", TestPki.Now);
        using var leaf = TestPki.Issue(TestPki.Leaf(), authority);
        Assert.DoesNotContain(TestPki.FieldsOf(leaf.Certificate).Extensions, e => e.Oid == CertificateFields.AuthorityKeyIdentifier);
        Assert.True(CertificateFile.IsSignedBy(leaf.Certificate, certificate));
    }

    [Fact]
    public void Gives_its_leaves_the_very_key_identifier_it_bears()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension("01020304", false));
        using var certificate = request.CreateSelfSigned(TestPki.Now.AddDays(-1), TestPki.Now.AddYears(1));
        using var authority = CertificateAuthority.Read(
            CertificateFile.Encode(certificate), TestPki.Utf8(key.ExportPkcs8PrivateKeyPem()), "ca.pem", "ca-key.pem", TestPki.Now);
        using var leaf = TestPki.Issue(TestPki.Leaf(), authority);
        Assert.Equal("3006800401020304", TestPki.FieldsOf(leaf.Certificate)[CertificateFields.AuthorityKeyIdentifier].Value);
    }
}
