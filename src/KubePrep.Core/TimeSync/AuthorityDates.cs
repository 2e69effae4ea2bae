using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Facts;
using KubePrep.Pki;

namespace KubePrep.TimeSync;

/// <summary>Finds certificate authorities that a node's clock takes for not valid yet, so that it trusts nothing they signed.</summary>
internal static class AuthorityDates
{
    /// <summary>Where a node has the cluster's authority.</summary>
    private static readonly string[] Paths = ["/etc/kubernetes/ssl/ca.pem", "/etc/kubernetes/pki/ca.crt"];

    /// <summary>Looks at the authorities of a node, and at one that it is to trust; a damaged file is another's to report.</summary>
    /// <param name="facts">The node, whose clock was compared with that of this machine.</param>
    /// <param name="authority">One that it is to trust; null if none was named.</param>
    /// <returns>Warnings, as sentences without a full stop.</returns>
    public static IReadOnlyList<string> Warnings(NodeFacts facts, AuthorityDate? authority) => Warnings(facts, authority, DateTime.UtcNow);

    /// <summary>The same at a time.</summary>
    /// <param name="facts">The node.</param>
    /// <param name="authority">One that it is to trust.</param>
    /// <param name="now">The time of this machine, in UTC.</param>
    public static IReadOnlyList<string> Warnings(NodeFacts facts, AuthorityDate? authority, DateTime now) =>
        facts.Time?.Clock is not { } clock ? [] :
        [
            .. Paths.Select(path => facts.Files[path]).OfType<NodeFile>().SelectMany(Dates)
                .Concat(authority is null ? [] : (AuthorityDate[])[authority])
                .Select(date => Warning(date, clock, now)).OfType<string>().Distinct(),
        ];

    /// <summary>The warning about one authority; null unless it surely begins later than what the node's clock shows.</summary>
    private static string? Warning(AuthorityDate authority, ClockReading clock, DateTime now)
    {
        var ahead = authority.NotBefore - now - clock.Offset;
        var begin = authority.NotBefore.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return ahead <= clock.ErrorBound ? null
            : $"The certificate authority {PlainText.Printable(authority.Path)} begins to be valid at {begin} UTC, which is "
                + $"{ClockText.Length(ahead)} ahead of the node's clock ({ClockText.Bound(clock.ErrorBound)}): "
                + "until then the node trusts nothing that it signed";
    }

    private static List<AuthorityDate> Dates(NodeFile file)
    {
        try
        {
            return [.. Pem.Decode(file.Content.Span, "CERTIFICATE"u8).Select(der => new AuthorityDate(file.Path, Begin(der)))];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    private static DateTime Begin(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return certificate.NotBefore.ToUniversalTime();
    }
}
