using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Pki;

namespace KubePrep.Renewal;

/// <summary>
/// Finds the certificates of a cluster's directory that an older authority signed and that have not ended, in files and in kubeconfigs: what
/// stops working when that authority is dropped.
/// </summary>
internal sealed class SupersededCertificates(PlanContext context, ClusterKubeconfigs kubeconfigs, CertificateAuthority authority)
{
    private readonly IReadOnlyList<X509Certificate2> _old = [.. authority.Trusted.Where(trusted => trusted != authority.Certificate)];

    /// <summary>Where they are, and what to do about each.</summary>
    /// <param name="replaced">The thumbprints of those that are being issued again.</param>
    public IEnumerable<string> Find(ICollection<string> replaced)
    {
        foreach (var files in LeafFiles.List(context.Layout, context.Files))
        {
            if (context.Files.Read(files.CertificatePath) is { } content && Judge(content, replaced) is { IsSuperseded: true } verdict)
            {
                yield return $"'{files.CertificatePath}'{verdict.Doubt}, which has to be issued again{(context.Exists(files.KeyPath) ? "" : " where its key is")} or moved away";
            }
        }

        foreach (var kubeconfig in kubeconfigs.All)
        {
            foreach (var user in kubeconfig.Document.Users)
            {
                if (user.ClientCertificateData is { } content && Judge(content, replaced) is { IsSuperseded: true } verdict)
                {
                    yield return $"the certificate of user '{PlainText.Printable(user.Name)}' in '{kubeconfig.Path}'{verdict.Doubt}, which has to be made again or moved away";
                }
            }
        }
    }

    /// <summary>Whether the first certificate, the one that is presented, is such a one; what is no certificate is not.</summary>
    private Verdict Judge(byte[] content, ICollection<string> replaced)
    {
        using var presented = CertificateFile.ReadPresented(content);
        if (presented is null
            || replaced.Contains(presented.Thumbprint)
            || authority.Trusted.Any(trusted => trusted.Thumbprint == presented.Thumbprint)
            || presented.NotAfter.ToUniversalTime() <= context.Now)
        {
            return default;
        }

        return CertificateFile.CanCheckSignature(presented)
            ? new Verdict(_old.Any(old => CertificateFile.IsSignedBy(presented, old)), "")
            : new Verdict(
                _old.Any(old => CertificateFile.NamesAsIssuer(presented, old)),
                " (by the issuer it names, for its signature is of a kind that KubePrep does not check)");
    }

    /// <summary>Whether a certificate is superseded, and why that is not certain, in words that can follow its name.</summary>
    private readonly record struct Verdict(bool IsSuperseded, string Doubt);
}
