using System.Security.Cryptography.X509Certificates;
using FsCheck.Fluent;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class CertificateUsagesTests
{
    private static readonly string[] Names =
    [
        "signing", "digital signature", "content commitment", "key encipherment", "data encipherment", "key agreement", "cert sign",
        "crl sign",
        "encipher only", "decipher only", "any", "server auth", "client auth", "code signing", "email protection", "s/mime",
        "ipsec end system",
        "ipsec tunnel", "ipsec user", "timestamping", "ocsp signing", "microsoft sgc", "netscape sgc",
    ];

    [Theory]
    [InlineData("signing", X509KeyUsageFlags.DigitalSignature)]
    [InlineData("digital signature", X509KeyUsageFlags.DigitalSignature)]
    [InlineData("content commitment", X509KeyUsageFlags.NonRepudiation)]
    [InlineData("key encipherment", X509KeyUsageFlags.KeyEncipherment)]
    [InlineData("data encipherment", X509KeyUsageFlags.DataEncipherment)]
    [InlineData("key agreement", X509KeyUsageFlags.KeyAgreement)]
    [InlineData("cert sign", X509KeyUsageFlags.KeyCertSign)]
    [InlineData("crl sign", X509KeyUsageFlags.CrlSign)]
    [InlineData("encipher only", X509KeyUsageFlags.EncipherOnly)]
    [InlineData("decipher only", X509KeyUsageFlags.DecipherOnly)]
    public void Knows_cfssls_key_usages(string name, X509KeyUsageFlags flag)
    {
        var usages = Parse(name);
        Assert.Equal(flag, usages.KeyUsage);
        Assert.Empty(usages.ExtendedUsageOids);
    }

    [Theory]
    [InlineData("any", "2.5.29.37.0")]
    [InlineData("server auth", "1.3.6.1.5.5.7.3.1")]
    [InlineData("client auth", "1.3.6.1.5.5.7.3.2")]
    [InlineData("code signing", "1.3.6.1.5.5.7.3.3")]
    [InlineData("email protection", "1.3.6.1.5.5.7.3.4")]
    [InlineData("s/mime", "1.3.6.1.5.5.7.3.4")]
    [InlineData("ipsec end system", "1.3.6.1.5.5.7.3.5")]
    [InlineData("ipsec tunnel", "1.3.6.1.5.5.7.3.6")]
    [InlineData("ipsec user", "1.3.6.1.5.5.7.3.7")]
    [InlineData("timestamping", "1.3.6.1.5.5.7.3.8")]
    [InlineData("ocsp signing", "1.3.6.1.5.5.7.3.9")]
    [InlineData("microsoft sgc", "1.3.6.1.4.1.311.10.3.3")]
    [InlineData("netscape sgc", "2.16.840.1.113730.4.1")]
    public void Knows_cfssls_extended_key_usages(string name, string oid)
    {
        var usages = Parse(name);
        Assert.Equal(X509KeyUsageFlags.None, usages.KeyUsage);
        Assert.Equal([oid], usages.ExtendedUsageOids);
    }

    [Fact]
    public void Keeps_the_order_of_extended_usages_and_names_each_once() => Assert.Equal(
        ["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.1"],
        Parse("client auth", "s/mime", "signing", "email protection", "server auth", "client auth").ExtendedUsageOids);

    [Theory]
    [InlineData("Client Auth")]
    [InlineData("client  auth")]
    [InlineData("client auth ")]
    [InlineData("foo")]
    [InlineData("")]
    public void Refuses_names_that_cfssl_would_silently_drop(string name)
    {
        var error = Expect.Error(ErrorId.UnknownUsage, () => Parse("signing", name));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'kubernetes'", error.Message, StringComparison.Ordinal);
        Assert.Contains("client auth", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_read_from_a_certificate_as_they_were_asked_for()
    {
        using var authority = TestPki.Authority();
        Property.Holds(
            Gen.Elements(Names).ListOf().Select(names => names.Append("signing").ToArray()),
            names =>
            {
                var wanted = Parse(names);
                using var leaf = TestPki.Issue(TestPki.Leaf(profile: TestPki.Profile("1y", names)), authority);
                var read = CertificateUsages.Of(leaf.Certificate);
                Assert.Equal(wanted.KeyUsage, read.KeyUsage);
                Assert.Equal(wanted.ExtendedUsageOids, read.ExtendedUsageOids);
                Assert.True(read.AllowsTheSameAs(wanted));
            },
            cases: 50);
    }

    [Fact]
    public void Are_the_same_in_whatever_order_and_different_with_one_more_or_less()
    {
        Assert.True(Parse("signing", "client auth", "server auth").AllowsTheSameAs(Parse("server auth", "signing", "client auth")));
        Assert.False(Parse("signing", "client auth", "server auth").AllowsTheSameAs(Parse("signing", "client auth")));
        Assert.False(Parse("signing", "client auth").AllowsTheSameAs(Parse("signing", "client auth", "server auth")));
        Assert.False(Parse("signing", "client auth").AllowsTheSameAs(Parse("signing", "key encipherment", "client auth")));
    }

    private static CertificateUsages Parse(params string[] names) => CertificateUsages.Parse(names, "kubernetes", "ca-config.json");
}
