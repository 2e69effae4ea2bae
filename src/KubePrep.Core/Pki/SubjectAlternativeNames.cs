using System.Formats.Asn1;
using System.Net;
using System.Net.Mail;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace KubePrep.Pki;

/// <summary>The subject alternative names made from a document's <c>hosts</c>, as cfssl sorts them: DNS names, e-mail addresses, IP addresses, URIs.</summary>
internal sealed partial class SubjectAlternativeNames
{
    private const string ExtensionOid = "2.5.29.17";

    // the tags of GeneralName (RFC 5280, section 4.2.1.6)
    private const int Email = 1;
    private const int Dns = 2;
    private const int UriTag = 6;
    private const int Address = 7;
    private static readonly int[] Order = [Dns, Email, Address, UriTag];

    private SubjectAlternativeNames(X509Extension? extension) => Extension = extension;

    /// <summary>The extension, or null where there are no names.</summary>
    public X509Extension? Extension { get; }

    /// <summary>The names as a document's <c>hosts</c> would hold them; kinds that cannot stand there are left out.</summary>
    public IReadOnlyList<string> Hosts
    {
        get
        {
            var hosts = new List<string>();
            foreach (var name in Names())
            {
                var reader = new AsnReader(name, AsnEncodingRules.DER);
                var content = reader.PeekContentBytes().Span;
                switch (reader.PeekTag().TagValue)
                {
                    case Email or Dns or UriTag:
                        hosts.Add(Encoding.Latin1.GetString(content));
                        break;
                    case Address when content.Length is 4 or 16:
                        hosts.Add(new IPAddress(content).ToString());
                        break;
                }
            }

            return hosts;
        }
    }

    /// <summary>Sorts hosts into kinds.</summary>
    /// <exception cref="KubePrepException">One is neither an address nor a name nor a URI (<see cref="ErrorId.InvalidDocument"/>).</exception>
    public static SubjectAlternativeNames Of(IReadOnlyList<string> hosts, string source)
    {
        if (hosts.Count == 0)
        {
            return new SubjectAlternativeNames(null);
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var kind in Order)
            {
                foreach (var host in hosts.Where(host => KindOf(host, source) == kind))
                {
                    Write(writer, kind, host);
                }
            }
        }

        return new SubjectAlternativeNames(new X509Extension(ExtensionOid, writer.Encode(), critical: false));
    }

    public static SubjectAlternativeNames Of(X509Certificate2 certificate) => new(certificate.Extensions[ExtensionOid]);

    /// <summary>Whether both hold the same names, in whatever order.</summary>
    public bool SameAs(SubjectAlternativeNames other) => Names().Select(Hex).ToHashSet().SetEquals(other.Names().Select(Hex));

    private static string Hex(ReadOnlyMemory<byte> name) => Convert.ToHexString(name.Span);

    private static int KindOf(string host, string source) =>
        AddressOf(host) is not null ? Address
        : !Ascii.IsValid(host) ? throw PkiErrors.InvalidHost(source, host)
        : MailAddress.TryCreate(host, out var mail) && mail.Address == host ? Email
        : host.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(host, UriKind.Absolute, out _) && PlainText.Fault(host) is null ? UriTag
        : DnsName.IsMatch(host) ? Dns
        : throw PkiErrors.InvalidHost(source, host);

    /// <summary>An address as Go reads it: .NET also takes "1", "[::1]:6443" and "fe80::1%eth0", and keeps IPv4 in IPv6 clothes.</summary>
    private static IPAddress? AddressOf(string host)
    {
        if (!IPAddress.TryParse(host, out var address) || host.AsSpan().ContainsAny("[]%"))
        {
            return null;
        }

        return host.Contains(':', StringComparison.Ordinal) ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            : address.ToString() == host ? address
            : null;
    }

    private static void Write(AsnWriter writer, int kind, string host)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, kind);
        if (kind == Address)
        {
            writer.WriteOctetString(AddressOf(host)!.GetAddressBytes(), tag);
        }
        else
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, host, tag);
        }
    }

    private List<ReadOnlyMemory<byte>> Names()
    {
        var names = new List<ReadOnlyMemory<byte>>();
        if (Extension is not null)
        {
            var sequence = new AsnReader(Extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                names.Add(sequence.ReadEncodedValue());
            }
        }

        return names;
    }

    /// <summary>A DNS name (RFC 1123), with a leading wildcard label at most, and underscores, which certificates in use have.</summary>
    [GeneratedRegex(@"^(?=.{1,253}\z)(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\z")]
    private static partial Regex DnsName { get; }
}
