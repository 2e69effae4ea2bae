using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Pki;

namespace KubePrep.Certificates;

/// <summary>A certificate and every place it was found in. Two with the same bytes are one.</summary>
internal sealed class FoundCertificate(X509Certificate2 certificate, string name, string path, bool isEmbedded) : IDisposable
{
    private readonly List<string> _usedBy = isEmbedded ? [path] : [];
    private bool _isEmbedded = isEmbedded;
    private string _name = name;
    private string _path = path;
    private string? _mismatch;

    public X509Certificate2 Certificate { get; } = certificate;

    public bool IsAuthority { get; } = CertificateFile.IsAuthority(certificate);

    /// <summary>The directory of the cluster it was found in first; null where that is none.</summary>
    public string? ClusterDirectory { get; private set; }

    /// <summary>In how many places it was found.</summary>
    public int Places { get; private set; } = 1;

    /// <summary>Notes another place. A file of its own gives it its name, even if it was seen in a kubeconfig before.</summary>
    public void FoundAgain(string name, string path, bool isEmbedded)
    {
        Places++;
        if (_isEmbedded && !isEmbedded)
        {
            (_name, _path, _isEmbedded) = (name, path, false);
        }
        else if (path != _path && !_usedBy.Contains(path))
        {
            _usedBy.Add(path);
        }
    }

    /// <summary>Notes the cluster it belongs to; the first one is kept.</summary>
    public void BelongTo(ClusterLayout layout) => ClusterDirectory ??= layout.ClusterDirectory;

    /// <summary>Notes that it is not what belongs in one of its places; the first reason is kept.</summary>
    public void Blame(string reason) => _mismatch ??= reason;

    /// <summary>Whether none of these signed it. A signature of a kind that cannot be checked is taken for theirs.</summary>
    public bool IsSignedByNone(IReadOnlyCollection<FoundCertificate> issuers) =>
        CertificateFile.CanCheckSignature(Certificate) && !issuers.Any(issuer => CertificateFile.IsSignedBy(Certificate, issuer.Certificate));

    /// <summary>
    /// Judges certificates that are found together, of which nobody says which authority they belong to: if there are authorities with the
    /// name of a certificate's issuer, one of them has to have signed it.
    /// </summary>
    /// <param name="certificates">Authorities, and what they may have signed.</param>
    /// <param name="where">Where they are, for the reason.</param>
    public static void JudgeByName(IReadOnlyCollection<FoundCertificate> certificates, string where)
    {
        foreach (var certificate in certificates.Where(certificate => !certificate.IsAuthority))
        {
            var issuers = certificates.Where(other => other.IsAuthority && certificate.IsIssuedInTheNameOf(other)).ToList();
            if (issuers.Count > 0 && certificate.IsSignedByNone(issuers))
            {
                certificate.Blame($"the certificate authority {where} that has its issuer's name did not sign it");
            }
        }
    }

    /// <summary>What is told of it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="horizon">What counts as ending soon; if null, it is the last third of its life.</param>
    public ClusterCertificate Row(DateTimeOffset now, Horizon? horizon)
    {
        var (status, reason) = Judge(now, horizon);
        return new ClusterCertificate
        {
            Name = PlainText.Printable(_name),
            Path = _path,
            ClusterDirectory = ClusterDirectory,
            Subject = PlainText.Printable(Certificate.Subject),
            Issuer = PlainText.Printable(Certificate.Issuer),
            IsAuthority = IsAuthority,
            Usages = CertificateUsages.Of(Certificate).Names,
            AlternativeNames = [.. SubjectAlternativeNames.Of(Certificate).Hosts.Select(PlainText.Printable)],
            SerialNumber = Certificate.SerialNumber,
            Thumbprint = Certificate.Thumbprint,
            NotBefore = Certificate.NotBefore.ToUniversalTime(),
            NotAfter = Certificate.NotAfter.ToUniversalTime(),
            DaysLeft = (int)Math.Floor((Certificate.NotAfter.ToUniversalTime() - now).TotalDays),
            Status = status,
            Reason = reason is null ? null : PlainText.Printable(reason),
            UsedBy = _usedBy,
        };
    }

    public void Dispose() => Certificate.Dispose();

    private bool IsIssuedInTheNameOf(FoundCertificate other) =>
        Certificate.IssuerName.RawData.AsSpan().SequenceEqual(other.Certificate.SubjectName.RawData);

    private (CertificateStatus Status, string? Reason) Judge(DateTimeOffset now, Horizon? horizon)
    {
        var (notBefore, notAfter) = (Certificate.NotBefore.ToUniversalTime(), Certificate.NotAfter.ToUniversalTime());
        return _mismatch is not null ? (CertificateStatus.Mismatch, _mismatch)
            : notAfter <= now ? (CertificateStatus.Expired, $"it expired on {Date(notAfter)}")
            : notBefore > now ? (CertificateStatus.NotYetValid, $"it is valid only from {Date(notBefore)} on")
            : horizon is not null && notAfter <= now + horizon.Duration ? (CertificateStatus.Expiring, $"it ends on {Date(notAfter)}")
            : horizon is null && LeafInspection.IsAging(Certificate, now)
                ? (CertificateStatus.Expiring, $"it is in the last third of its life, which ends on {Date(notAfter)}")
            : (CertificateStatus.Good, null);
    }

    private static string Date(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
