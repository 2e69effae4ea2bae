using System.Security.Cryptography.X509Certificates;
using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>Plans leaf certificates: which are kept, which are issued again and why.</summary>
internal sealed class LeafPlanner(PlanContext context, AuthorityPlan authority)
{
    private ClusterLayout Layout => context.Layout;

    /// <summary>The request document of one of the cluster's identities.</summary>
    public DocumentPlan PlanRequest(ClusterIdentity identity, KeyAlgorithm? algorithm, bool force)
    {
        var path = Layout.Request(identity.Name);
        if (context.Files.Read(path) is not { } content)
        {
            return new DocumentPlan(path, MakeRequest(identity, algorithm, force, path), FileAction.Create);
        }

        var document = CertificateRequestDocument.Parse(content, path);
        if (!identity.IsCarriedBy(document.Subject))
        {
            context.Warn(
                $"'{path}' asks for {document.Subject}, but Kubernetes grants the rights of {identity.Name} to {identity.Subject}.");
        }

        var reason = algorithm is { } wanted && document.SetAlgorithm(wanted) ? $"its key is now {KeySpecification.Of(wanted)}" : null;
        return new DocumentPlan(path, document, FileAction.For(exists: true, reason));
    }

    /// <summary>Compares the certificate that exists with what it should be.</summary>
    public LeafPlan Plan(string name, LeafSpecification wanted, bool force)
    {
        var (certificatePath, keyPath) = (Layout.Certificate(name), Layout.Key(name));
        var (exists, keyExists) = (context.Exists(certificatePath), context.Exists(keyPath));
        var existing = force ? null : CertificatePair.Read(context.Files, certificatePath, keyPath);
        var reason = force ? PlanContext.Forced : ReasonToIssue(existing, wanted, exists);
        if (reason is null)
        {
            return new LeafPlan(name, certificatePath, keyPath, FileAction.Keep, FileAction.Keep) { Wanted = wanted, Kept = existing };
        }

        existing?.Dispose();
        authority.RequireKey(name, reason);
        WarnOfLife(wanted.Profile);
        var keyReason = exists || force ? reason : "its certificate is missing";
        return new LeafPlan(name, certificatePath, keyPath, FileAction.For(exists, reason), FileAction.For(keyExists, keyReason)) { Wanted = wanted };
    }

    /// <summary>Takes a certificate and its key as they are.</summary>
    /// <exception cref="KubePrepException">They are missing, or of no use.</exception>
    public LeafPlan PlanExisting(string name, string certificatePath, string keyPath)
    {
        var pair = CertificatePair.Read(context.Files, certificatePath, keyPath)
            ?? throw DeploymentErrors.ClientCertificateNotFound(context.Exists(certificatePath) ? keyPath : certificatePath);
        var found = LeafInspection.Fault(pair.Certificate, pair.Key, authority.Existing!.Certificate, context.Now);
        return (found ?? LeafInspection.ClientFault(pair.Certificate)) is { } fault
            ? throw DeploymentErrors.ClientCertificateUnusable(certificatePath, fault)
            : new LeafPlan(name, certificatePath, keyPath, FileAction.Keep, FileAction.Keep) { Kept = pair };
    }

    /// <summary>The certificate that exists, or null.</summary>
    public X509Certificate2? ReadCertificate(string name)
    {
        var path = Layout.Certificate(name);
        return context.Files.Read(path) is { } pem ? CertificateFile.Read(pem, path) : null;
    }

    private string? ReasonToIssue(CertificatePair? existing, LeafSpecification wanted, bool certificateExists) =>
        existing is null ? (certificateExists ? "its key is missing" : "it is missing")
        : authority.Existing is null ? "the certificate authority is new"
        : LeafInspection.ReasonToReissue(existing, wanted, authority.Existing, context.Now);

    /// <summary>A new request; of a certificate that exists it takes what it can, so that a good one is kept.</summary>
    private CertificateRequestDocument MakeRequest(ClusterIdentity identity, KeyAlgorithm? algorithm, bool force, string path)
    {
        using var existing = force ? null : ReadCertificate(identity.Name);
        var subject = existing is null ? identity.Subject : SubjectName.Read(existing.SubjectName);
        return CertificateRequestDocument.Create(
            subject.Fault is null && identity.IsCarriedBy(subject) ? subject : identity.Subject,
            algorithm ?? (existing is null ? null : KeySpecification.Of(existing.PublicKey)?.Algorithm) ?? KeyAlgorithm.EcdsaP256,
            existing is null ? [] : SubjectAlternativeNames.Of(existing).Hosts,
            path);
    }

    private void WarnOfLife(SigningProfile profile)
    {
        LifetimeAdvice.ForLeaf(context, profile);
        WarnOfEnd(profile);
    }

    /// <summary>Warns where the end of the authority cuts a lifetime short.</summary>
    public void WarnOfEnd(SigningProfile profile)
    {
        var (notBefore, notAfter) = CertificateIssuer.Validity(profile, authority.NotAfter(context.Now), context.Now);
        if (notAfter < notBefore + profile.Expiry.Duration)
        {
            context.Warn($"New certificates end with their certificate authority, on {notAfter:yyyy-MM-dd}, and not after {profile.Expiry}.");
        }
    }
}
