using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using FsCheck;
using FsCheck.Fluent;
using KubePrep.Pki;

namespace KubePrep.Core.Tests;

public sealed class SubjectNameTests
{
    private const string Country = "2.5.4.6";
    private const string State = "2.5.4.8";
    private const string Locality = "2.5.4.7";
    private const string Organization = "2.5.4.10";
    private const string OrganizationalUnit = "2.5.4.11";
    private const string CommonName = "2.5.4.3";

    private static Gen<SubjectName.Attribute[]> Attributes { get; } = (
        from oid in Gen.Elements(Country, State, Locality, Organization, OrganizationalUnit, CommonName)
        from value in Generators.AttributeValue
        select new SubjectName.Attribute(oid, value)).ArrayOf();

    [Fact]
    public void Is_read_back_as_it_was_encoded() => Property.Holds(Attributes, attributes =>
    {
        var subject = new SubjectName(attributes);
        Assert.Equal(subject, SubjectName.Read(subject.Encode()));
    });

    [Fact]
    public void Has_one_set_for_each_type_in_the_order_C_ST_L_O_OU_CN() => Property.Holds(Attributes, attributes =>
    {
        string[] order = [Country, State, Locality, Organization, OrganizationalUnit, CommonName];
        var sets = Decode(new SubjectName(attributes).Encode());
        Assert.All(sets, set => Assert.Single(set.Select(a => a.Oid).Distinct()));
        var types = sets.ConvertAll(set => set[0].Oid);
        Assert.Equal(order.Where(oid => attributes.Any(a => a.Oid == oid)), types);
        Assert.Equal(
            attributes.Select(a => (a.Oid, a.Value)).Distinct().Order(),
            sets.SelectMany(set => set).Select(a => (a.Oid, a.Value)).Order());
    });

    [Fact]
    public void Encodes_the_same_whatever_the_order_of_its_attributes() => Property.Holds(Attributes, attributes =>
        Assert.Equal(new SubjectName(attributes).Encode().RawData, new SubjectName(attributes.Reverse()).Encode().RawData));

    [Fact]
    public void Chooses_PrintableString_where_Go_would_and_else_UTF8String() => Property.Holds(Generators.AttributeValue, value =>
    {
        const string Printable = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?";
        var attribute = Assert.Single(Assert.Single(Decode(new SubjectName([new(Organization, value)]).Encode())));
        Assert.Equal(
            value.All(c => Printable.Contains(c, StringComparison.Ordinal)) ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String,
            attribute.Type);
    });

    [Fact]
    public void Ignores_empty_values_and_repetitions()
    {
        var subject = new SubjectName([new(Organization, "a"), new(Organization, "a"), new(Organization, ""), new(CommonName, "x")]);
        Assert.Equal(["a"], subject.Organizations);
        Assert.Equal(SubjectName.Of("x", "a"), subject);
    }

    [Fact]
    public void Is_equal_only_to_a_subject_with_the_same_attributes()
    {
        var subject = SubjectName.Of("x", "a", "b");
        Assert.Equal(subject, SubjectName.Of("x", "b", "a"));
        Assert.Equal(subject.GetHashCode(), SubjectName.Of("x", "b", "a").GetHashCode());
        Assert.NotEqual(subject, SubjectName.Of("x", "a"));
        Assert.NotEqual(subject, SubjectName.Of("X", "a", "b"));
        Assert.NotEqual(subject, new SubjectName([new(Organization, "a"), new(OrganizationalUnit, "b"), new(CommonName, "x")]));
        Assert.False(subject.Equals(null));
        Assert.False(subject.Equals("x"));
    }

    [Fact]
    public void Is_written_with_the_common_name_first() =>
        Assert.Equal("CN=admin, O=system:masters", SubjectName.Of("admin", "system:masters").ToString());

    [Fact]
    public void Reads_the_string_types_of_other_programs_as_the_same_text()
    {
        foreach (var type in new[]
        {
            UniversalTagNumber.UTF8String, UniversalTagNumber.PrintableString, UniversalTagNumber.IA5String, UniversalTagNumber.T61String,
            UniversalTagNumber.BMPString,
        })
        {
            Assert.Equal(SubjectName.Of("admin"), SubjectName.Read(Encode((CommonName, type, "admin"))));
        }
    }

    [Fact]
    public void Reads_text_in_a_string_type_that_should_not_hold_it()
    {
        byte[] name = [0x30, 0x0e, 0x31, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x04, 0x03, 0x13, 0x03, .. "a&b"u8];
        Assert.Equal("a&b", SubjectName.Read(new X500DistinguishedName(name)).CommonName);
    }

    [Fact]
    public void Reads_attributes_it_knows_nothing_of()
    {
        const string EmailAddress = "1.2.840.113549.1.9.1";
        var subject = SubjectName.Read(
            Encode((EmailAddress, UniversalTagNumber.IA5String, "a@b"), (CommonName, UniversalTagNumber.UTF8String, "x")));
        Assert.Equal("x", subject.CommonName);
        Assert.NotEqual(SubjectName.Of("x"), subject);
        Assert.Equal(EmailAddress, subject.Fault?.Attribute);
    }

    [Theory]
    [InlineData(CommonName, 64, 65, "CN")]
    [InlineData(Organization, 64, 65, "O")]
    [InlineData(OrganizationalUnit, 64, 65, "OU")]
    [InlineData(State, 128, 129, "ST")]
    [InlineData(Locality, 128, 129, "L")]
    [InlineData(Country, 2, 3, "C")]
    [InlineData(Country, 2, 1, "C")]
    public void Keeps_to_the_lengths_of_RFC_5280(string oid, int allowed, int refused, string name)
    {
        Assert.Null(Subject(allowed).Fault);
        Assert.Equal(name, Subject(refused).Fault?.Attribute);
        Assert.Contains($"{refused} characters", Subject(refused).Fault?.Why, StringComparison.Ordinal);

        SubjectName Subject(int length) => new([
            new(oid, new string('x', length)),
            .. oid == CommonName ? Array.Empty<SubjectName.Attribute>() : [new(CommonName, "cn")],
        ]);
    }

    [Fact]
    public void Counts_characters_and_not_their_UTF16_halves()
    {
        Assert.Null(SubjectName.Of(string.Concat(Enumerable.Repeat("😀", 64))).Fault);
        Assert.NotNull(SubjectName.Of(string.Concat(Enumerable.Repeat("😀", 65))).Fault);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("\u0085")]
    [InlineData("\u007f")]
    public void Finds_control_characters(string value)
    {
        Assert.Equal("CN", SubjectName.Of(value).Fault?.Attribute);
        Assert.Equal("O", SubjectName.Of("x", value).Fault?.Attribute);
    }

    [Theory]
    [InlineData('\ud800')]
    [InlineData('\udc00')]
    public void Finds_halves_of_characters_which_no_certificate_can_hold(char half)
    {
        Assert.Equal("CN", SubjectName.Of($"a{half}b").Fault?.Attribute);
        Assert.Equal("O", SubjectName.Of("x", $"{half}").Fault?.Attribute);
    }

    [Fact]
    public void Finds_missing_and_several_common_names()
    {
        Assert.Equal("CN", SubjectName.Of("", "k8s").Fault?.Attribute);
        Assert.Equal("CN", new SubjectName([new(CommonName, "a"), new(CommonName, "b")]).Fault?.Attribute);
        Assert.Null(SubjectName.Of("a", "b", "c").Fault);
    }

    private static List<List<(string Oid, UniversalTagNumber Type, string Value)>> Decode(X500DistinguishedName name)
    {
        var sets = new List<List<(string, UniversalTagNumber, string)>>();
        var sequence = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var attributes = new List<(string, UniversalTagNumber, string)>();
            var set = sequence.ReadSetOf();
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                var oid = attribute.ReadObjectIdentifier();
                var type = (UniversalTagNumber)attribute.PeekTag().TagValue;
                attributes.Add((oid, type, attribute.ReadCharacterString(type)));
            }

            sets.Add(attributes);
        }

        return sets;
    }

    private static X500DistinguishedName Encode(params (string Oid, UniversalTagNumber Type, string Value)[] attributes)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var (oid, type, value) in attributes)
            {
                using var set = writer.PushSetOf();
                using var sequence = writer.PushSequence();
                writer.WriteObjectIdentifier(oid);
                writer.WriteCharacterString(type, value);
            }
        }

        return new X500DistinguishedName(writer.Encode());
    }
}
