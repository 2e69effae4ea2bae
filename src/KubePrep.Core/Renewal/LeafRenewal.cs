using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Pki;

namespace KubePrep.Renewal;

/// <summary>Plans to issue a certificate again as it was: the same subject, usages and alternative names, and as long a life.</summary>
internal sealed class LeafRenewal(PlanContext context, AuthorityPlan authority)
{
    private readonly LeafPlanner _planner = new(context, authority);

    /// <summary>How long the new certificates last; null for as long as the old ones did.</summary>
    public Lifetime? Lifetime { get; init; }

    /// <summary>Whether the keys stay.</summary>
    public bool KeepsKey { get; init; }

    /// <summary>Plans one.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="existing">What it is; the plan takes it over.</param>
    /// <param name="issuer">Who signed it.</param>
    /// <param name="reason">Why it is issued again.</param>
    public LeafPlan Plan(LeafFiles files, CertificatePair existing, X509Certificate2 issuer, string reason)
    {
        authority.RequireKey(files.Name, reason);
        var wanted = Specify(files.Name, existing.Certificate, issuer);
        LifetimeAdvice.ForRenewedLeaf(context, files.Name, wanted.Profile.Expiry);
        _planner.WarnOfEnd(wanted.Profile);
        var action = FileAction.Replace(reason);
        if (KeepsKey)
        {
            return new LeafPlan(files.Name, files.CertificatePath, files.KeyPath, action, FileAction.Keep) { Wanted = wanted, KeyKept = existing };
        }

        existing.Dispose();
        return new LeafPlan(files.Name, files.CertificatePath, files.KeyPath, action, action) { Wanted = wanted };
    }

    private LeafSpecification Specify(string name, X509Certificate2 certificate, X509Certificate2 issuer)
    {
        var key = KeySpecification.Of(certificate.PublicKey);
        if (key?.Algorithm is null && !KeepsKey)
        {
            context.Warn($"The key of {name} is {key?.ToString() ?? "of another kind"}, which KubePrep does not make; the new one is {KeySpecification.Of(default(KeyAlgorithm))}.");
        }

        if (CertificateIssuer.LostExtensions(certificate) is { Count: > 0 } lost)
        {
            context.Warn($"The new certificate of {name} lacks what KubePrep does not issue: {string.Join(", ", lost)}.");
        }

        return new LeafSpecification(
            SubjectName.Read(certificate.SubjectName),
            key?.Algorithm ?? default,
            SubjectAlternativeNames.Of(certificate),
            new SigningProfile(name, CertificateUsages.Of(certificate), Lifetime ?? LifetimeOf(certificate, issuer), CertificateIssuer.DefaultBackdate));
    }

    /// <summary>As long as it was, unless the end of its authority had cut it short: then as long as its profile says.</summary>
    private Lifetime LifetimeOf(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (certificate.NotAfter >= issuer.NotAfter)
        {
            var signing = (SigningConfiguration)new AuthorityPlanner(context).PlanSigning(lifetime: null).Document;
            return signing.Find(SigningConfiguration.KubernetesProfile).Expiry;
        }

        var ticks = Math.Clamp((certificate.NotAfter - certificate.NotBefore).Ticks, Pki.Lifetime.Minimum.Ticks, Pki.Lifetime.Maximum.Ticks);
        return new Lifetime(TimeSpan.FromTicks(ticks));
    }
}
