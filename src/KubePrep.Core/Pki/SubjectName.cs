using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace KubePrep.Pki;

/// <summary>
/// A certificate's subject. Encoded as cfssl does it: one set for each attribute type, in the order C, ST, L, O, OU, CN, several values
/// of one type in one set; PrintableString where Go would choose it, else UTF8String.
/// </summary>
internal sealed class SubjectName : IEquatable<SubjectName>
{
    private readonly List<Attribute> _attributes;
    private X500DistinguishedName? _original;

    /// <summary>Makes a subject; an attribute given twice counts once, and an empty one not at all.</summary>
    public SubjectName(IEnumerable<Attribute> attributes)
    {
        _attributes = [.. attributes.Where(a => a.Value.Length > 0).Distinct()];
        _attributes.Sort(Attribute.Compare);
    }

    /// <summary>One attribute of a subject. A class, as a structure's collections would be compiled at every start.</summary>
    public sealed record Attribute(string Oid, string Value)
    {
        /// <summary>Orders attributes as cfssl writes them, unknown ones last.</summary>
        public static int Compare(Attribute left, Attribute right) =>
            Rank(left.Oid) is var rank && rank.CompareTo(Rank(right.Oid)) is not 0 and var byType ? byType
            : string.CompareOrdinal(left.Oid, right.Oid) is not 0 and var byOid ? byOid
            : string.CompareOrdinal(left.Value, right.Value);

        private static int Rank(string oid) => Array.FindIndex(SubjectAttributeType.All, t => t.Oid == oid) is >= 0 and var rank ? rank : int.MaxValue;
    }

    public string CommonName => Values(SubjectAttributeType.CommonName).FirstOrDefault("");

    public IReadOnlyList<string> Organizations => Values(SubjectAttributeType.Organization);

    public static SubjectName Of(string commonName, params IEnumerable<string> organizations) => new(
    [
        .. organizations.Select(o => new Attribute(SubjectAttributeType.Organization.Oid, o)),
        new Attribute(SubjectAttributeType.CommonName.Oid, commonName),
    ]);

    /// <summary>Reads the subject of a certificate that anybody made; it is encoded again as it was.</summary>
    public static SubjectName Read(X500DistinguishedName name)
    {
        var attributes = new List<Attribute>();
        var sets = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
        while (sets.HasData)
        {
            var set = sets.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                var attribute = set.ReadSequence();
                attributes.Add(new Attribute(attribute.ReadObjectIdentifier(), ReadValue(attribute)));
            }
        }

        return new SubjectName(attributes) { _original = name };
    }

    public IReadOnlyList<string> Values(SubjectAttributeType type) => [.. _attributes.Where(a => a.Oid == type.Oid).Select(a => a.Value)];

    /// <summary>What a request cannot ask for: values that X.520 has no room for, control characters, unknown attributes. Null if there is nothing.</summary>
    public (string Attribute, string Why)? Fault
    {
        get
        {
            if (CommonName.Length == 0)
            {
                return ("CN", "it is missing or empty");
            }

            foreach (var (oid, value) in _attributes)
            {
                if (Array.Find(SubjectAttributeType.All, t => t.Oid == oid) is not { } type)
                {
                    return (oid, "it is none of C, ST, L, O, OU and CN");
                }

                if (PlainText.Fault(value) is { } fault)
                {
                    return (type.Name, fault);
                }

                var length = value.Length - value.Count(char.IsLowSurrogate); // in characters, not in UTF-16 units
                if (length < type.MinimumLength || length > type.MaximumLength)
                {
                    return (type.Name, $"it has {length} characters, and {type.Limits} are allowed (RFC 5280, appendix A)");
                }
            }

            return Values(SubjectAttributeType.CommonName).Count == 1 ? null : ("CN", "there are several");
        }
    }

    public X500DistinguishedName Encode()
    {
        if (_original is not null)
        {
            return _original;
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var oid in _attributes.Select(a => a.Oid).Distinct())
            {
                using var set = writer.PushSetOf();
                foreach (var attribute in _attributes.Where(a => a.Oid == oid))
                {
                    using var sequence = writer.PushSequence();
                    writer.WriteObjectIdentifier(oid);
                    writer.WriteCharacterString(
                        attribute.Value.All(IsPrintable) ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String,
                        attribute.Value);
                }
            }
        }

        return new X500DistinguishedName(writer.Encode());
    }

    public bool Equals(SubjectName? other) => other is not null && _attributes.SequenceEqual(other._attributes);

    public override bool Equals(object? obj) => Equals(obj as SubjectName);

    public override int GetHashCode() => CommonName.GetHashCode(StringComparison.Ordinal);

    /// <summary>The subject as .NET and PowerShell write it, common name first.</summary>
    public override string ToString() => Encode().Name;

    private static bool IsPrintable(char c) => char.IsAsciiLetterOrDigit(c) || " '()+,-./:=?".Contains(c, StringComparison.Ordinal);

    /// <summary>Reads text as leniently as other programs write it: a PrintableString may hold what it must not, such as an ampersand.</summary>
    private static string ReadValue(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        var content = attribute.PeekContentBytes().Span;
        return (tag.TagClass, (UniversalTagNumber)tag.TagValue) switch
        {
            (TagClass.Universal, UniversalTagNumber.BMPString) => Encoding.BigEndianUnicode.GetString(content),
            (TagClass.Universal, UniversalTagNumber.T61String) => Encoding.Latin1.GetString(content),
            (TagClass.Universal, UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
                or UniversalTagNumber.NumericString) => Encoding.UTF8.GetString(content),
            _ => Convert.ToHexStringLower(content),
        };
    }
}
