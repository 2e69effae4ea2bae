using System.Formats.Asn1;
using System.Net;
using System.Net.Mail;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace KubePrep.Pki;

/// <summary>The subject alternative names made from a document's <c>hosts</c>, as cfssl sorts them: DNS names, e-mail addresses, IP addresses, URIs.</summary>
internal sealed partial class SubjectAlternativeNames
{
    private const string ExtensionOid = "2.5.29.17";

    private SubjectAlternativeNames(X509Extension? extension) => Extension = extension;

    /// <summary>The extension, or null where there are no names.</summary>
    public X509Extension? Extension { get; }

    /// <summary>Sorts hosts into kinds.</summary>
    /// <exception cref="KubePrepException">One is neither an address nor a name nor a URI (<see cref="ErrorId.InvalidDocument"/>).</exception>
    public static SubjectAlternativeNames Of(IReadOnlyList<string> hosts, string source)
    {
        if (hosts.Count == 0)
        {
            return new SubjectAlternativeNames(null);
        }

        var builder = new SubjectAlternativeNameBuilder();
        foreach (var (_, addTo) in hosts.Select(host => Classify(host, source)).OrderBy(name => name.Order))
        {
            addTo(builder);
        }

        return new SubjectAlternativeNames(builder.Build());
    }

    public static SubjectAlternativeNames Of(X509Certificate2 certificate) => new(certificate.Extensions[ExtensionOid]);

    /// <summary>Whether both hold the same names, in whatever order.</summary>
    public bool SameAs(SubjectAlternativeNames other) => EncodedNames().SetEquals(other.EncodedNames());

    private static (int Order, Action<SubjectAlternativeNameBuilder> AddTo) Classify(string host, string source)
    {
        // unlike Go, .NET also takes "1" and "0x7f.1" for addresses
        if (IPAddress.TryParse(host, out var address) && (host.Contains(':', StringComparison.Ordinal) || address.ToString() == host))
        {
            return (2, builder => builder.AddIpAddress(address));
        }

        if (MailAddress.TryCreate(host, out var mail) && mail.Address == host)
        {
            return (1, builder => builder.AddEmailAddress(host));
        }

        if (host.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(host, UriKind.Absolute, out var uri))
        {
            return (3, builder => builder.AddUri(uri));
        }

        return DnsName.IsMatch(host) ? (0, builder => builder.AddDnsName(host)) : throw PkiErrors.InvalidHost(source, host);
    }

    private HashSet<string> EncodedNames()
    {
        var names = new HashSet<string>();
        if (Extension is not null)
        {
            var sequence = new AsnReader(Extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                names.Add(Convert.ToHexString(sequence.ReadEncodedValue().Span));
            }
        }

        return names;
    }

    /// <summary>A DNS name (RFC 1123), with a leading wildcard label at most, and underscores, which certificates in use have.</summary>
    [GeneratedRegex(@"^(?=.{1,253}\z)(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\z")]
    private static partial Regex DnsName { get; }
}
