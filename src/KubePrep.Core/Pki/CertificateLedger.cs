using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubePrep.Files;

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

    /// <summary>When the last of the certificates ends that were ever written to a file; null if the ledger has none, or cannot be read.</summary>
    /// <param name="path">The ledger, which may be long: it is read line by line, and damaged lines are passed over.</param>
    /// <param name="file">The file, relative to the ledger's directory.</param>
    public static DateTime? LatestEnd(string path, string file)
    {
        if (FileStatus.Read(path).Kind != FileKind.Regular)
        {
            return null;
        }

        try
        {
            return File.ReadLines(path).Where(line => line.Contains(file, StringComparison.Ordinal)).Max(line => EndOf(line, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static DateTime? EndOf(string line, string file)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject entry
                && (string?)entry["file"] == file
                && DateTime.TryParse((string?)entry["notAfter"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var end) ? end : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Utc(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
