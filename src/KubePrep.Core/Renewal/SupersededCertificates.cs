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
    /// <summary>Where they are, and what to do about each.</summary>
    /// <param name="replaced">The thumbprints of those that are being issued again.</param>
    public IEnumerable<string> Find(ICollection<string> replaced)
    {
        foreach (var files in LeafFiles.List(context.Layout, context.Files))
        {
            if (IsSuperseded(context.Files.Read(files.CertificatePath), files.CertificatePath, replaced))
            {
                yield return $"'{files.CertificatePath}', which has to be issued again{(context.Exists(files.KeyPath) ? "" : " where its key is")} or moved away";
            }
        }

        foreach (var kubeconfig in kubeconfigs.All)
        {
            foreach (var user in kubeconfig.Document.Users.Where(user => IsSuperseded(user.ClientCertificateData, kubeconfig.Path, replaced)))
            {
                yield return $"the certificate of user '{PlainText.Printable(user.Name)}' in '{kubeconfig.Path}', which has to be made again or moved away";
            }
        }
    }

    /// <summary>Whether the first certificate, the one that is presented, is such a one; what is no certificate is not.</summary>
    private bool IsSuperseded(byte[]? content, string path, ICollection<string> replaced)
    {
        if (content is null)
        {
            return false;
        }

        List<X509Certificate2> certificates;
        try
        {
            certificates = CertificateFile.ReadAll(content, path);
        }
        catch (KubePrepException)
        {
            return false;
        }

        var presented = certificates[0];
        var isSuperseded = !replaced.Contains(presented.Thumbprint)
            && authority.IssuerOf(presented) is { } issuer && issuer != authority.Certificate
            && presented.NotAfter.ToUniversalTime() > context.Now;
        certificates.ForEach(certificate => certificate.Dispose());
        return isSuperseded;
    }
}
