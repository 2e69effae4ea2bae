using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace KubePrep.Pki;

/// <summary>
/// The ledger of a certificate authority, <c>issued.jsonl</c>: one JSON object a line for every certificate that was issued, in the order
/// of time, and no line is ever changed. As Kubernetes knows no revocation, it is the only answer to what is still valid out there.
/// </summary>
internal static class CertificateLedger
{
    public const string FileName = "issued.jsonl";

    /// <summary>The line about one certificate, with the line feed at its end.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="issuer">The certificate it was signed by; itself, for an authority.</param>
    /// <param name="file">Where it was written, relative to the ledger's directory.</param>
    /// <param name="reason">Why it was issued.</param>
    /// <param name="now">When.</param>
    public static string Line(X509Certificate2 certificate, X509Certificate2 issuer, string file, string reason, DateTimeOffset now) =>
        new JsonObject
        {
            ["time"] = Utc(now.UtcDateTime),
            ["serialNumber"] = certificate.SerialNumber,
            ["subject"] = certificate.Subject,
            ["issuer"] = issuer.Subject,
            ["issuerSerialNumber"] = issuer.SerialNumber,
            ["notBefore"] = Utc(certificate.NotBefore.ToUniversalTime()),
            ["notAfter"] = Utc(certificate.NotAfter.ToUniversalTime()),
            ["file"] = file,
            ["reason"] = reason,
        }.ToJsonString() + '\n';

    private static string Utc(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
