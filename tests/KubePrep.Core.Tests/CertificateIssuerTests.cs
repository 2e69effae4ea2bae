using System.Formats.Asn1;
using System.Globalization;
using FsCheck.Fluent;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class CertificateIssuerTests
{
    [Fact]
    public void Makes_an_authority_with_the_extensions_and_order_of_cfssl()
    {
        using var authority = TestPki.Authority();
        var fields = TestPki.FieldsOf(authority.Certificate);
        Assert.Equal("A003020102", fields.Version);
        Assert.Equal(fields.Issuer, fields.Subject);
        Assert.Equal(
            [
                new CertificateExtension(CertificateFields.KeyUsage, true, "03020106"),
                new CertificateExtension(CertificateFields.BasicConstraints, true, "30030101FF"),
                new CertificateExtension(CertificateFields.SubjectKeyIdentifier, false, $"0414{fields.KeyIdentifier}"),
            ],
            fields.Extensions);
    }

    [Fact]
    public void Makes_a_leaf_with_the_extensions_and_order_of_cfssl()
    {
        using var authority = TestPki.Authority();
        using var leaf = TestPki.Issue(
            TestPki.Leaf(profile: TestPki.Profile("1y", "signing", "key encipherment", "server auth", "client auth"), hosts: ["a", "10.0.0.1"]), authority);
        var fields = TestPki.FieldsOf(leaf.Certificate);
        var authorityFields = TestPki.FieldsOf(authority.Certificate);
        Assert.Equal("A003020102", fields.Version);
        Assert.Equal(authorityFields.Subject, fields.Issuer);
        Assert.Equal(
            [
                new CertificateExtension(CertificateFields.KeyUsage, true, "030205A0"),
                new CertificateExtension(CertificateFields.ExtendedKeyUsage, false, "301406082B0601050507030106082B06010505070302"),
                new CertificateExtension(CertificateFields.BasicConstraints, true, "3000"),
                new CertificateExtension(CertificateFields.SubjectKeyIdentifier, false, $"0414{fields.KeyIdentifier}"),
                new CertificateExtension(CertificateFields.AuthorityKeyIdentifier, false, $"30168014{authorityFields.KeyIdentifier}"),
                new CertificateExtension(CertificateFields.SubjectAlternativeName, false, "300982016187040A000001"),
            ],
            fields.Extensions);
    }

    [Fact]
    public void Leaves_out_the_extensions_that_have_nothing_to_say()
    {
        using var authority = TestPki.Authority();
        using var leaf = TestPki.Issue(TestPki.Leaf(profile: TestPki.Profile("1y", "signing")), authority);
        Assert.Equal(
            [
                CertificateFields.KeyUsage, CertificateFields.BasicConstraints, CertificateFields.SubjectKeyIdentifier,
                CertificateFields.AuthorityKeyIdentifier,
            ],
            TestPki.FieldsOf(leaf.Certificate).Extensions.Select(e => e.Oid));
    }

    [Theory]
    [InlineData(null, "30030101FF")]
    [InlineData(0, "30060101FF020100")]
    [InlineData(2, "30060101FF020102")]
    public void Gives_an_authority_the_path_length_that_was_asked_for(int? pathLength, string value)
    {
        using var key = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
        using var certificate = CertificateIssuer.IssueAuthority(
            new AuthoritySpecification(
                SubjectName.Of("x"), KeyAlgorithm.EcdsaP256, TestPki.Hosts(), Lifetime.Parse("1y"), TimeSpan.Zero, pathLength),
            key,
            TestPki.Now);
        Assert.Equal(value, TestPki.FieldsOf(certificate)[CertificateFields.BasicConstraints].Value);
    }

    [Theory]
    [InlineData("10:20:00", "10:15:00")]
    [InlineData("10:20:29.9999999", "10:15:00")]
    [InlineData("10:20:30", "10:16:00")]
    [InlineData("10:20:59.9999999", "10:16:00")]
    [InlineData("00:00:00", "23:55:00")]
    public void Starts_five_minutes_before_now_rounded_to_the_minute(string now, string start)
    {
        var day = new DateTimeOffset(2030, 6, 15, 0, 0, 0, TimeSpan.Zero);
        var actual = CertificateIssuer.Start(day + TimeSpan.Parse(now, CultureInfo.InvariantCulture), CertificateIssuer.DefaultBackdate);
        Assert.Equal(TimeSpan.Parse(start, CultureInfo.InvariantCulture), actual.TimeOfDay);
    }

    [Fact]
    public void Starts_at_a_full_minute_four_and_a_half_to_five_and_a_half_minutes_back() => Property.Holds(
        Gen.Choose(0, int.MaxValue),
        milliseconds =>
        {
            var now = new DateTimeOffset(2030, 1, 1, 5, 0, 0, TimeSpan.FromHours(5)).AddMilliseconds(milliseconds);
            var start = CertificateIssuer.Start(now, CertificateIssuer.DefaultBackdate);
            Assert.Equal(0, start.Ticks % TimeSpan.TicksPerMinute);
            Assert.Equal(TimeSpan.Zero, start.Offset);
            Assert.InRange(now - start, TimeSpan.FromSeconds(270), TimeSpan.FromSeconds(330));
        });

    [Fact]
    public void Counts_the_lifetime_from_the_backdated_start()
    {
        using var authority = TestPki.Authority(expiry: "87600h");
        using var leaf = TestPki.Issue(TestPki.Leaf(), authority);
        foreach (var (certificate, lifetime) in new[] { (authority.Certificate, 3650), (leaf.Certificate, 365) })
        {
            var fields = TestPki.FieldsOf(certificate);
            Assert.Equal(new DateTimeOffset(2030, 6, 15, 10, 15, 0, TimeSpan.Zero), fields.NotBefore);
            Assert.Equal(fields.NotBefore.AddDays(lifetime), fields.NotAfter);
        }
    }

    [Fact]
    public void Ends_a_leaf_with_its_authority_at_the_latest()
    {
        using var authority = TestPki.Authority(expiry: "300d");
        using var leaf = TestPki.Issue(TestPki.Leaf(), authority);
        Assert.Equal(authority.NotAfter, TestPki.FieldsOf(leaf.Certificate).NotAfter);
        using var shorter = TestPki.Issue(TestPki.Leaf(profile: TestPki.Profile("299d")), authority);
        Assert.Equal(authority.NotAfter.AddDays(-1), TestPki.FieldsOf(shorter.Certificate).NotAfter);
    }

    [Theory]
    [InlineData("2049-12-31T23:49:00Z", UniversalTagNumber.UtcTime)]
    [InlineData("2049-12-31T23:55:00Z", UniversalTagNumber.GeneralizedTime)]
    [InlineData("2060-01-01T00:00:00Z", UniversalTagNumber.GeneralizedTime)]
    public void Writes_dates_from_2050_on_as_GeneralizedTime(string now, UniversalTagNumber typeOfEnd)
    {
        // the authority's end, 10 minutes after its start
        using var authority = TestPki.Authority(expiry: "10m", made: DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));
        var fields = TestPki.FieldsOf(authority.Certificate);
        Assert.Equal(typeOfEnd, fields.NotAfterType);
        Assert.Equal(fields.NotBefore.Year < 2050 ? UniversalTagNumber.UtcTime : UniversalTagNumber.GeneralizedTime, fields.NotBeforeType);
    }

    [Fact]
    public void Numbers_certificates_with_20_random_bytes_that_are_positive()
    {
        using var authority = TestPki.Authority();
        var leaf = TestPki.Leaf();
        using var key = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
        var publicKey = key.PublicKey;
        var serialNumbers = new HashSet<string>();
        var ones = new int[160];
        for (var i = 0; i < 10_000; i++)
        {
            using var certificate = CertificateIssuer.IssueLeaf(leaf, publicKey, authority, TestPki.Now);
            var serialNumber = certificate.SerialNumberBytes.Span;
            Assert.Equal(20, serialNumber.Length);
            Assert.InRange(serialNumber[0], 1, 127);
            serialNumbers.Add(Convert.ToHexString(serialNumber));
            for (var bit = 0; bit < ones.Length; bit++)
            {
                ones[bit] += (serialNumber[bit / 8] >> (7 - (bit % 8))) & 1;
            }
        }

        Assert.Equal(10_000, serialNumbers.Count);
        Assert.Equal(0, ones[0]);
        Assert.All(ones.Skip(1), count => Assert.InRange(count, 4_600, 5_400)); // eight standard deviations: every bit is random
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256, "300A06082A8648CE3D040302")]
    [InlineData(KeyAlgorithm.EcdsaP384, "300A06082A8648CE3D040303")]
    [InlineData(KeyAlgorithm.Rsa2048, "300D06092A864886F70D01010B0500")]
    [InlineData(KeyAlgorithm.Rsa3072, "300D06092A864886F70D01010C0500")]
    [InlineData(KeyAlgorithm.Rsa4096, "300D06092A864886F70D01010D0500")]
    public void Signs_with_the_hash_that_belongs_to_the_authoritys_key(KeyAlgorithm algorithm, string identifier)
    {
        using var authority = TestPki.Authority(algorithm: algorithm);
        using var leaf = TestPki.Issue(TestPki.Leaf(), authority);
        foreach (var certificate in new[] { authority.Certificate, leaf.Certificate })
        {
            var fields = TestPki.FieldsOf(certificate);
            Assert.Equal(identifier, fields.SignatureAlgorithm);
            Assert.Equal(identifier, fields.OuterSignatureAlgorithm);
        }
    }
}
