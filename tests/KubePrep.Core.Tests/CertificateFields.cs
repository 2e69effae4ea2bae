using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;

namespace KubePrep.Core.Tests;

/// <summary>A certificate's fields as RFC 5280 (section 4.1) lays them out, read from the DER alone.</summary>
internal sealed record CertificateFields
{
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";

    public required string Version { get; init; }

    public required byte[] SerialNumber { get; init; }

    public required string SignatureAlgorithm { get; init; }

    public required string OuterSignatureAlgorithm { get; init; }

    public required string Issuer { get; init; }

    public required UniversalTagNumber NotBeforeType { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required UniversalTagNumber NotAfterType { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required string Subject { get; init; }

    public required string KeyAlgorithm { get; init; }

    public required byte[] PublicKey { get; init; }

    public required IReadOnlyList<CertificateExtension> Extensions { get; init; }

    /// <summary>The identifier of the certificate's own key by RFC 5280, section 4.2.1.2, method 1.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 5280 names SHA-1 for this, where nothing rests on its strength")]
    public string KeyIdentifier => Convert.ToHexString(SHA1.HashData(PublicKey));

    public CertificateExtension this[string oid] => Assert.Single(Extensions, e => e.Oid == oid);

    public static CertificateFields Read(ReadOnlyMemory<byte> der)
    {
        var certificate = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var fields = certificate.ReadSequence();
        var version = Hex(fields.ReadEncodedValue());
        var serialNumber = fields.ReadIntegerBytes().ToArray();
        var signatureAlgorithm = Hex(fields.ReadEncodedValue());
        var issuer = Hex(fields.ReadEncodedValue());
        var validity = fields.ReadSequence();
        var (notBeforeType, notBefore) = ReadTime(validity);
        var (notAfterType, notAfter) = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        var subject = Hex(fields.ReadEncodedValue());
        var keyInfo = fields.ReadSequence();
        var keyAlgorithm = Hex(keyInfo.ReadEncodedValue());
        var publicKey = keyInfo.ReadBitString(out _);
        var extensions = ReadExtensions(fields);
        fields.ThrowIfNotEmpty();
        return new CertificateFields
        {
            Version = version,
            SerialNumber = serialNumber,
            SignatureAlgorithm = signatureAlgorithm,
            OuterSignatureAlgorithm = Hex(certificate.ReadEncodedValue()),
            Issuer = issuer,
            NotBeforeType = notBeforeType,
            NotBefore = notBefore,
            NotAfterType = notAfterType,
            NotAfter = notAfter,
            Subject = subject,
            KeyAlgorithm = keyAlgorithm,
            PublicKey = publicKey,
            Extensions = extensions,
        };
    }

    /// <summary>
    /// All that two programs should agree on, given the same documents, a line a field: what depends on keys or the time is left out.
    /// </summary>
    public IReadOnlyList<string> Comparable(string authorityKeyIdentifier) =>
    [
        $"version {Version}",
        $"serial number positive and not too long: {SerialNumber.Length <= 20 && SerialNumber[0] < 0x80}",
        $"signature algorithm {SignatureAlgorithm} {OuterSignatureAlgorithm}",
        $"issuer {Issuer}",
        $"seconds {NotBefore.Second} {NotAfter.Second}",
        string.Create(CultureInfo.InvariantCulture, $"lifetime {(NotAfter - NotBefore).TotalSeconds}"),
        $"types of dates {NotBeforeType} {NotAfterType}",
        $"subject {Subject}",
        $"key algorithm {KeyAlgorithm}",
        .. Extensions.Select(e => $"extension {e.Oid} critical {e.Critical} {WithoutKeys(e.Value, authorityKeyIdentifier)}"),
    ];

    private string WithoutKeys(string value, string authorityKeyIdentifier) => value
        .Replace(KeyIdentifier, "OWN-KEY", StringComparison.Ordinal)
        .Replace(authorityKeyIdentifier, "AUTHORITY-KEY", StringComparison.Ordinal);

    private static (UniversalTagNumber Type, DateTimeOffset Time) ReadTime(AsnReader reader)
    {
        var type = (UniversalTagNumber)reader.PeekTag().TagValue;
        return (type, type == UniversalTagNumber.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime());
    }

    private static List<CertificateExtension> ReadExtensions(AsnReader fields)
    {
        var extensions = new List<CertificateExtension>();
        if (!fields.HasData)
        {
            return extensions;
        }

        var list = fields.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 3)).ReadSequence();
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            extensions.Add(new CertificateExtension(oid, critical, Convert.ToHexString(extension.ReadOctetString())));
        }

        return extensions;
    }

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
