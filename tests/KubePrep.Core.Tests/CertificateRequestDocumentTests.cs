using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class CertificateRequestDocumentTests
{
    private static readonly Lifetime DefaultExpiry = Lifetime.Parse("10y");

    private static Gen<SubjectName> Subjects { get; } =
        from others in (
            from type in Gen.Elements(
                SubjectAttributeType.State, SubjectAttributeType.Locality, SubjectAttributeType.Organization, SubjectAttributeType.OrganizationalUnit)
            from value in Generators.AttributeValue
            select new SubjectName.Attribute(type.Oid, value)).ArrayOf()
        from commonName in Generators.AttributeValue
        from country in Gen.Elements("", "DE", "CN")
        select new SubjectName(
            [.. others, new(SubjectAttributeType.Country.Oid, country), new(SubjectAttributeType.CommonName.Oid, commonName)]);

    [Fact]
    public void Of_a_leaf_is_made_in_cfssls_form() => AssertSame(
        """{"CN": "admin", "hosts": [], "key": {"algo": "ecdsa", "size": 256}, "names": [{"O": "system:masters"}]}""",
        CertificateRequestDocument.Create(SubjectName.Of("admin", "system:masters"), KeyAlgorithm.EcdsaP256, [], "admin-csr.json"));

    [Fact]
    public void Of_an_authority_is_made_in_cfssls_form() => AssertSame(
        """{"CN": "kubernetes-ca", "key": {"algo": "rsa", "size": 3072}, "names": [{"O": "a", "OU": "System"}, {"O": "b"}], "ca": {"expiry": "87600h"}}""",
        CertificateRequestDocument.CreateAuthority(
            new SubjectName([
                new(SubjectAttributeType.CommonName.Oid, "kubernetes-ca"),
                new(SubjectAttributeType.OrganizationalUnit.Oid, "System"),
                new(SubjectAttributeType.Organization.Oid, "b"),
                new(SubjectAttributeType.Organization.Oid, "a"),
            ]),
            KeyAlgorithm.Rsa3072,
            DefaultExpiry,
            "ca-csr.json"));

    [Fact]
    public void Holds_every_subject_it_was_made_for() => Property.Holds(
        Subjects,
        subject =>
        {
            var document = CertificateRequestDocument.Create(subject, KeyAlgorithm.EcdsaP256, [], "x-csr.json");
            Assert.Equal(subject, CertificateRequestDocument.Parse(document.ToBytes(), "x-csr.json").Subject);
        });

    [Theory]
    [InlineData("ecdsa", 256, KeyAlgorithm.EcdsaP256)]
    [InlineData("ecdsa", 384, KeyAlgorithm.EcdsaP384)]
    [InlineData("rsa", 2048, KeyAlgorithm.Rsa2048)]
    [InlineData("rsa", 3072, KeyAlgorithm.Rsa3072)]
    [InlineData("rsa", 4096, KeyAlgorithm.Rsa4096)]
    public void Reads_and_writes_the_key_of_each_algorithm(string family, int size, KeyAlgorithm algorithm)
    {
        var document = Parse($$$"""{"CN": "x", "key": {"algo": "{{{family}}}", "size": {{{size}}}}}""");
        Assert.Equal(algorithm, document.Algorithm);
        Assert.False(document.SetAlgorithm(algorithm));

        var other = Parse("""{"CN": "x", "key": {"algo": "rsa", "size": 2048}}""");
        Assert.Equal(algorithm != KeyAlgorithm.Rsa2048, other.SetAlgorithm(algorithm));
        Assert.Equal(algorithm, other.Algorithm);
        Assert.Equal(algorithm, Parse(Encoding.UTF8.GetString(other.ToBytes())).Algorithm);
    }

    [Fact]
    public void Takes_P256_where_no_key_is_named_as_cfssl_does() => Assert.Equal(KeyAlgorithm.EcdsaP256, Parse("""{"CN": "x"}""").Algorithm);

    [Theory]
    [InlineData("rsa", "1024")]
    [InlineData("rsa", "2049")]
    [InlineData("rsa", "8192")]
    [InlineData("ecdsa", "521")]
    [InlineData("ecdsa", "2048")]
    [InlineData("RSA", "2048")]
    [InlineData("ed25519", "0")]
    [InlineData("", "256")]
    [InlineData("rsa", "\"2048\"")]
    [InlineData("rsa", "2048.5")]
    [InlineData("rsa", "1e99")]
    [InlineData("rsa", "-2048")]
    [InlineData("rsa", "true")]
    public void Refuses_keys_that_are_not_made(string family, string size)
    {
        var error = Expect.Error(ErrorId.InvalidDocument, () => Parse($$$"""{"CN": "x", "key": {"algo": "{{{family}}}", "size": {{{size}}}}}"""));
        Assert.Equal("x-csr.json", error.Target);
    }

    [Fact]
    public void Says_that_1024_bits_are_not_enough() => Assert.Contains(
        "1024",
        Expect.Error(ErrorId.InvalidDocument, () => Parse("""{"CN": "x", "key": {"algo": "rsa", "size": 1024}}""")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Reads_subject_and_hosts_with_keys_in_any_case()
    {
        var document = Parse("""
            {"cn": "x", "Hosts": ["localhost", "10.0.0.1"], "NAMES": [{"c": "DE", "o": "a"}, {"O": "b", "ou": "u", "st": "s", "l": "l"}, {}], "Key": {"Algo": "rsa", "SIZE": 2048}}
            """);
        Assert.Equal(
            new SubjectName([
                new(SubjectAttributeType.Country.Oid, "DE"),
                new(SubjectAttributeType.State.Oid, "s"),
                new(SubjectAttributeType.Locality.Oid, "l"),
                new(SubjectAttributeType.Organization.Oid, "a"),
                new(SubjectAttributeType.Organization.Oid, "b"),
                new(SubjectAttributeType.OrganizationalUnit.Oid, "u"),
                new(SubjectAttributeType.CommonName.Oid, "x"),
            ]),
            document.Subject);
        Assert.True(document.AlternativeNames.SameAs(TestPki.Hosts("localhost", "10.0.0.1")));
        Assert.Equal(KeyAlgorithm.Rsa2048, document.Algorithm);
    }

    [Fact]
    public void Reads_what_cfssl_prints_for_a_start()
    {
        Tool.Require("cfssl");
        var document = Parse(Tool.Run("cfssl", "print-defaults", "csr"));
        Assert.Equal("CN=example.net, L=San Francisco, S=CA, C=US", document.Subject.ToString());
        Assert.True(document.AlternativeNames.SameAs(TestPki.Hosts("example.net", "www.example.net")));
        var configuration = SigningConfiguration.Parse(TestPki.Utf8(Tool.Run("cfssl", "print-defaults", "config")), "ca-config.json");
        Assert.Equal(Lifetime.Parse("1y"), configuration.Find("client").Expiry);
    }

    [Fact]
    public void Decides_expiry_backdate_and_path_length_of_an_authority()
    {
        var wanted = Parse("""{"CN": "x", "hosts": ["localhost"], "ca": {"expiry": "876000h", "backdate": "1h", "pathlen": 1}}""").ToAuthority(DefaultExpiry);
        Assert.Equal(Lifetime.Parse("100y"), wanted.Expiry);
        Assert.Equal(TimeSpan.FromHours(1), wanted.Backdate);
        Assert.Equal(1, wanted.PathLength);
        Assert.True(wanted.AlternativeNames.SameAs(TestPki.Hosts("localhost")));
    }

    [Theory]
    [InlineData("""{"CN": "x"}""")]
    [InlineData("""{"CN": "x", "ca": null}""")]
    [InlineData("""{"CN": "x", "ca": {}}""")]
    [InlineData("""{"CN": "x", "ca": {"expiry": "", "pathlen": 0, "pathlenzero": false}}""")]
    public void Leaves_the_rest_of_an_authority_to_the_defaults(string content)
    {
        var wanted = Parse(content).ToAuthority(DefaultExpiry);
        Assert.Equal(DefaultExpiry, wanted.Expiry);
        Assert.Equal(TimeSpan.FromMinutes(5), wanted.Backdate);
        Assert.Null(wanted.PathLength);
        Assert.Null(wanted.AlternativeNames.Extension);
    }

    [Fact]
    public void Takes_a_path_length_of_zero_only_where_it_says_so() =>
        Assert.Equal(0, Parse("""{"CN": "x", "ca": {"pathlenzero": true}}""").ToAuthority(DefaultExpiry).PathLength);

    [Theory]
    [InlineData("""{}""", "CN")]
    [InlineData("""{"CN": ""}""", "CN")]
    [InlineData("""{"CN": null}""", "CN")]
    [InlineData("""{"CN": 5}""", "CN")]
    [InlineData("""{"CN": ["x"]}""", "CN")]
    [InlineData("""{"CN": "x\ny"}""", "CN")]
    [InlineData("""{"CN": "x\u0000"}""", "CN")]
    [InlineData("""{"CN": "12345678901234567890123456789012345678901234567890123456789012345"}""", "CN")]
    [InlineData("""{"CN": "x", "names": [{"C": "DEU"}]}""", "C")]
    [InlineData("""{"CN": "x", "names": {"O": "a"}}""", "names")]
    [InlineData("""{"CN": "x", "names": ["a"]}""", "names")]
    [InlineData("""{"CN": "x", "names": [null]}""", "names")]
    [InlineData("""{"CN": "x", "names": [{"O": ["a"]}]}""", "O")]
    [InlineData("""{"CN": "x", "names": [{"E": "a@b"}]}""", "E")]
    [InlineData("""{"CN": "x", "names": [{"SerialNumber": "1"}]}""", "SerialNumber")]
    [InlineData("""{"CN": "x", "hosts": "localhost"}""", "hosts")]
    [InlineData("""{"CN": "x", "hosts": ["a b"]}""", "hosts")]
    [InlineData("""{"CN": "x", "hosts": [""]}""", "hosts")]
    [InlineData("""{"CN": "x", "key": "rsa"}""", "key")]
    [InlineData("""{"CN": "x", "ca": []}""", "ca")]
    [InlineData("""{"CN": "x", "ca": {"expiry": "5m"}}""", "expiry")]
    [InlineData("""{"CN": "x", "ca": {"expiry": "-1h"}}""", "expiry")]
    [InlineData("""{"CN": "x", "ca": {"backdate": "x"}}""", "backdate")]
    [InlineData("""{"CN": "x", "ca": {"pathlen": -1}}""", "pathlen")]
    [InlineData("""{"CN": "x", "ca": {"pathlen": "1"}}""", "pathlen")]
    [InlineData("""{"CN": "x", "ca": {"pathlenzero": "yes"}}""", "pathlenzero")]
    [InlineData("""{"CN": "x", "serialnumber": "5"}""", "serialnumber")]
    [InlineData("""{"CN": "x", "delegation_enabled": true}""", "delegation_enabled")]
    [InlineData("""{"CN": "x", "extensions": [{"id": [1, 2]}]}""", "extensions")]
    [InlineData("""{"CN": "x", "crl_url": "http://x"}""", "crl_url")]
    [InlineData("""[]""", "object")]
    [InlineData("""5""", "object")]
    public void Refuses_what_cannot_be_carried_out(string content, string setting)
    {
        var error = Expect.Error(ErrorId.InvalidDocument, () => Parse(content));
        Assert.Equal("x-csr.json", error.Target);
        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"CN": "a\ud800"}""")]
    [InlineData("""{"CN": "x", "names": [{"O": "\udc00"}]}""")]
    [InlineData("""{"CN": "x", "hosts": ["\ud800"]}""")]
    [InlineData("""{"CN": "x", "key": {"algo": "\ud800", "size": 1}}""")]
    public void Refuses_halves_of_characters(string content) => Assert.Contains(
        Assert.Throws<KubePrepException>(() => Parse(content)).Id, new[] { ErrorId.MalformedJson, ErrorId.InvalidDocument });

    [Fact]
    public void Refuses_text_that_is_not_UTF8()
    {
        var error = Assert.Throws<KubePrepException>(
            () => CertificateRequestDocument.Parse([.. "{\"CN\": \""u8, 0xff, .. "\"}"u8], "x-csr.json"));
        Assert.Contains(error.Id, new[] { ErrorId.MalformedJson, ErrorId.InvalidDocument });
    }

    [Fact]
    public void Refuses_a_byte_order_mark_as_cfssl_does() => Assert.Contains(
        "line 1, column 1",
        Expect.Error(ErrorId.MalformedJson, () => CertificateRequestDocument.Parse([0xef, 0xbb, 0xbf, .. "{\"CN\": \"x\"}"u8], "x-csr.json")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{\n  \"CN\": \"x\",\n}", 3)]
    [InlineData("{\n  \"CN\": \"x\"\n  \"hosts\": []\n}", 3)]
    [InlineData("{\n  \"CN\": \"x", 2)]
    [InlineData("{\r\n  \"CN\": \"x\",\r\n  \"hosts\": [,]\r\n}", 3)]
    public void Names_the_line_of_malformed_JSON(string content, int line) => Assert.Contains(
        $"line {line},", Expect.Error(ErrorId.MalformedJson, () => Parse(content)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"CN": "x", "CN": "y"}""")]
    [InlineData("""{"CN": "x", "cn": "y"}""")]
    [InlineData("""{"CN": "x", "key": {"algo": "rsa", "Algo": "ecdsa", "size": 256}}""")]
    [InlineData("""{"CN": "x", "names": [{"O": "x", "o": "y"}]}""")]
    public void Refuses_keys_that_are_there_twice(string content)
    {
        var error = Assert.Throws<KubePrepException>(() => Parse(content));
        Assert.Contains(error.Id, new[] { ErrorId.MalformedJson, ErrorId.InvalidDocument });
        Assert.DoesNotContain("line ,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_what_it_does_not_understand_when_it_is_updated()
    {
        var document = Parse("""
            {"comment": ["kept", {"a": null}], "CN": "x", "key": {"algo": "rsa", "size": 2048, "note": "kept"}, "ca": {"expiry": "1h", "other": "kept"}, "names": [{"O": "中+é<'&\""}]}
            """);
        Assert.True(document.SetAlgorithm(KeyAlgorithm.EcdsaP384));
        Assert.True(document.SetAuthorityExpiry(Lifetime.Parse("2h")));
        AssertSame(
            """
            {"comment": ["kept", {"a": null}], "CN": "x", "key": {"algo": "ecdsa", "size": 384, "note": "kept"}, "ca": {"expiry": "2h", "other": "kept"}, "names": [{"O": "中+é<'&\""}]}
            """,
            document);
        Assert.Equal(Lifetime.Parse("2h"), document.ToAuthority(DefaultExpiry).Expiry);
        Assert.False(document.SetAuthorityExpiry(Lifetime.Parse("120m")));
    }

    [Fact]
    public void Is_updated_where_it_writes_its_keys_in_another_case()
    {
        var document = Parse("""{"cn": "x", "Key": {"Algo": "rsa", "Size": 2048}, "CA": {"Expiry": "1h"}}""");
        document.SetAlgorithm(KeyAlgorithm.EcdsaP384);
        document.SetAuthorityExpiry(Lifetime.Parse("2h"));
        var written = Parse(Encoding.UTF8.GetString(document.ToBytes()));
        Assert.Equal(KeyAlgorithm.EcdsaP384, written.Algorithm);
        Assert.Equal(Lifetime.Parse("2h"), written.ToAuthority(DefaultExpiry).Expiry);
    }

    [Fact]
    public void Gets_an_expiry_where_it_had_none()
    {
        var document = Parse("""{"CN": "x"}""");
        Assert.True(document.SetAuthorityExpiry(Lifetime.Parse("2h")));
        AssertSame("""{"CN": "x", "ca": {"expiry": "2h"}}""", document);
    }

    [Fact]
    public void Either_is_read_or_refused_however_it_is_damaged() => Property.Holds(
        Generators.Damaged(TestPki.Utf8("""
            {
              "CN": "admin",
              "hosts": ["localhost", "10.0.0.1", "a@b.example", "https://x/y"],
              "key": {"algo": "ecdsa", "size": 256},
              "names": [{"C": "DE", "ST": "é", "L": "中", "O": "system:masters", "OU": "System"}, {"O": "b"}],
              "ca": {"expiry": "87600h", "pathlen": 1, "pathlenzero": false, "backdate": "5m"}
            }
            """)),
        file =>
        {
            try
            {
                var document = CertificateRequestDocument.Parse(file.Content, "x-csr.json");
                document.SetAlgorithm(KeyAlgorithm.EcdsaP384);
                document.SetAuthorityExpiry(Lifetime.Parse("2h"));
                document.Subject.Encode();
                CertificateRequestDocument.Parse(document.ToBytes(), "x-csr.json");
            }
            catch (KubePrepException e)
            {
                Assert.Contains(e.Id, new[] { ErrorId.MalformedJson, ErrorId.InvalidDocument });
                Assert.DoesNotContain("line ,", e.Message, StringComparison.Ordinal);
            }
        },
        cases: 2000);

    private static CertificateRequestDocument Parse(string content) =>
        CertificateRequestDocument.Parse(TestPki.Utf8(content), "x-csr.json");

    private static void AssertSame(string expected, CertificateRequestDocument document)
    {
        var actual = Encoding.UTF8.GetString(document.ToBytes());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
    }
}
