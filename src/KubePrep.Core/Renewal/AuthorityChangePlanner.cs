using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Renewal;

/// <summary>
/// Plans the phases of changing the certificate authority. The files themselves say how far it has come: while it is prepared there is a
/// <c>ca-next.pem</c>; from then until it is finished <c>ca.pem</c> is a bundle, whose first certificate is the one that signs.
/// </summary>
internal sealed class AuthorityChangePlanner(PlanContext context, IKubeconfigSerializer serializer, AuthorityChangeRequest request)
{
    private const string TrustsNext = "it is to trust the next authority too";
    private const string TakesOver = "the next authority takes over";
    private readonly AuthorityPlanner _planner = new(context);
    private readonly ClusterKubeconfigs _kubeconfigs = new(context, serializer);

    private ClusterLayout Layout => context.Layout;

    private bool IsPrepared => context.Exists(Layout.NextAuthorityCertificate);

    /// <exception cref="KubePrepException">It is not this phase's turn.</exception>
    public DeploymentPlan Plan()
    {
        // that the old authority has ended is no reason not to have the next one take over
        var existing = _planner.PlanExisting(mayHaveEnded: IsPrepared && request.Phase == AuthorityPhase.Switch);
        var plan = request.Phase switch
        {
            AuthorityPhase.Prepare => Prepare(existing),
            AuthorityPhase.Switch => Switch(existing),
            _ => Finish(existing),
        };
        if (plan.Bundle is { Action.IsNeeded: true } || plan.Leaves.Count > 0)
        {
            RestartAdvice.Give(context, request.Phase);
        }

        return plan;
    }

    private DeploymentPlan Prepare(AuthorityPlan existing)
    {
        var authority = existing.Existing!;
        if (IsPrepared)
        {
            using var next = ReadNext();
            WarnOfDeviation(next.Certificate);
            return Publish(existing, authority, [.. Others(authority, next.Certificate), next.Certificate], TrustsNext);
        }

        if (authority.Trusted.Count > 1)
        {
            throw DeploymentErrors.AuthorityChangeInProgress(existing.CertificatePath);
        }

        var (made, document) = _planner.PlanNext(
            new AuthorityRequest(Layout.SslDirectory) { KeyAlgorithm = request.KeyAlgorithm, Lifetime = request.Lifetime, Force = true }, authority);
        var plan = new DeploymentPlan(made)
        {
            Documents = { document },
            Bundle = new BundlePlan(
                existing.CertificatePath,
                issued => CertificateFile.Encode(authority.Trusted.Append(issued.Certificate)),
                FileAction.Replace(TrustsNext)),
        };
        plan.Updates.AddRange(new KubeconfigUpdatePlanner(_kubeconfigs) { Authorities = authority.Trusted }.Plan());
        return plan;
    }

    private DeploymentPlan Switch(AuthorityPlan existing)
    {
        var old = existing.Existing!;
        if (!IsPrepared)
        {
            if (old.Trusted.Count == 1)
            {
                throw RenewalErrors.NotPrepared(existing.CertificatePath);
            }

            WarnOfDeviation(old.Certificate);
            return Reissue(existing, old, old.Trusted);
        }

        var next = ReadNext();
        if (!old.Trusted.Any(trusted => trusted.Thumbprint == next.Certificate.Thumbprint))
        {
            next.Dispose();
            throw RenewalErrors.NotPublished(existing.CertificatePath, Layout.NextAuthorityCertificate);
        }

        WarnOfDeviation(next.Certificate);
        var action = FileAction.Replace(TakesOver);
        IReadOnlyList<X509Certificate2> trusted = [next.Certificate, .. Others(old, next.Certificate)];
        var authority = new AuthorityPlan(
            Layout.AuthorityCertificate, Layout.AuthorityKey, action, FileAction.For(context.Exists(Layout.AuthorityKey), TakesOver))
        {
            Existing = new CertificateAuthority(trusted, CertificateFile.Encode(trusted), next.Key),
        };
        if (next.IsKeyLocked)
        {
            throw PkiErrors.EncryptedKey(Layout.NextAuthorityKey);
        }

        var plan = Reissue(authority, old, trusted);
        plan.Files.Add(new FilePlan(Layout.AuthorityKey, context.Files.Read(Layout.NextAuthorityKey)!, IsSecret: true, authority.KeyAction));
        plan.Removals.AddRange([Layout.NextAuthorityCertificate, Layout.NextAuthorityKey]);
        return plan;
    }

    private DeploymentPlan Finish(AuthorityPlan existing)
    {
        var authority = existing.Existing!;
        if (IsPrepared)
        {
            throw RenewalErrors.NotSwitched(existing.CertificatePath, "the next one has not taken over");
        }

        if (new SupersededCertificates(context, _kubeconfigs, authority).Find([]).FirstOrDefault() is { } superseded)
        {
            throw RenewalErrors.NotSwitched(existing.CertificatePath, $"it signed {superseded}");
        }

        WarnOfDeviation(authority.Certificate);
        WarnOfOthers(authority);
        // where a change is left that was only prepared, it is the younger one that goes
        var dropsYounger = authority.Trusted.Any(trusted => trusted.NotBefore > authority.Certificate.NotBefore);
        return Publish(
            existing, authority, [authority.Certificate], dropsYounger ? "no other authority is trusted any longer" : "the old authority is trusted no longer");
    }

    /// <summary>The authority that is prepared.</summary>
    private CertificateAuthority ReadNext()
    {
        var certificate = context.Files.Read(Layout.NextAuthorityCertificate)!;
        var key = context.Files.Read(Layout.NextAuthorityKey) ?? throw RenewalErrors.NextKeyNotFound(Layout.NextAuthorityKey);
        try
        {
            return CertificateAuthority.Read(
                certificate, key, Layout.NextAuthorityCertificate, Layout.NextAuthorityKey, context.Now, context.CaPassphrase);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The next authority is made once; what is asked for when it is there already comes too late.</summary>
    private void WarnOfDeviation(X509Certificate2 next)
    {
        var key = KeySpecification.Of(next.PublicKey);
        if (request.KeyAlgorithm is { } algorithm && key != KeySpecification.Of(algorithm))
        {
            WarnOfMade($"with a key of {key}", KeySpecification.Of(algorithm).ToString());
        }

        if (request.Lifetime is { } lifetime && next.NotAfter - next.NotBefore != lifetime.Duration)
        {
            WarnOfMade($"to last until {next.NotAfter.ToUniversalTime():yyyy-MM-dd}", $"a lifetime of {lifetime}");
        }
    }

    private void WarnOfMade(string made, string wanted) =>
        context.Warn($"The new authority was made {made} already, and stays so, though {wanted} is asked for: finish this change, and make another with that.");

    /// <summary>Whoever added another's certificate to the file learns that it goes with the old authority's.</summary>
    private void WarnOfOthers(CertificateAuthority authority)
    {
        foreach (var other in authority.Trusted.Where(trusted => trusted.Subject != authority.Certificate.Subject))
        {
            context.Warn(
                $"'{Layout.AuthorityCertificate}' and the kubeconfigs trust {PlainText.Printable(other.Subject)} no longer. If that is not this cluster's old authority, add it to the kubeconfigs that need it, which keep it from then on; the backup has it.");
        }
    }

    private static IEnumerable<X509Certificate2> Others(CertificateAuthority authority, X509Certificate2 certificate) =>
        authority.Trusted.Where(trusted => trusted.Thumbprint != certificate.Thumbprint);

    /// <summary>The plan that makes these certificates the ones that are trusted, here and in every kubeconfig.</summary>
    private DeploymentPlan Publish(AuthorityPlan authority, CertificateAuthority current, IReadOnlyList<X509Certificate2> trusted, string reason)
    {
        var plan = PlanBundle(authority, current, trusted, reason);
        plan.Updates.AddRange(Updates(plan, current, trusted, []));
        return plan;
    }

    /// <summary>The same, with every certificate issued again that an older authority had signed.</summary>
    private DeploymentPlan Reissue(AuthorityPlan authority, CertificateAuthority current, IReadOnlyList<X509Certificate2> trusted)
    {
        var plan = PlanBundle(authority, current, trusted, TakesOver);
        var replaced = new Dictionary<string, LeafPlan>();
        foreach (var files in LeafFiles.List(Layout, context.Files))
        {
            if (PlanLeaf(files, authority) is var (thumbprint, leaf))
            {
                plan.Leaves.Add(leaf);
                replaced[thumbprint] = leaf;
            }
        }

        foreach (var superseded in new SupersededCertificates(context, _kubeconfigs, authority.Existing!).Find(replaced.Keys))
        {
            context.Warn($"The old authority signed {superseded}, before -Phase Finish (--phase finish).");
        }

        plan.Updates.AddRange(Updates(plan, current, trusted, replaced));
        return plan;
    }

    private DeploymentPlan PlanBundle(AuthorityPlan authority, CertificateAuthority current, IReadOnlyList<X509Certificate2> trusted, string reason)
    {
        var isPublished = current.Trusted.Select(certificate => certificate.Thumbprint).SequenceEqual(trusted.Select(certificate => certificate.Thumbprint));
        var bundle = isPublished ? current.Pem : CertificateFile.Encode(trusted);
        return new DeploymentPlan(authority)
        {
            Bundle = new BundlePlan(Layout.AuthorityCertificate, _ => bundle, FileAction.For(exists: true, isPublished ? null : reason)),
        };
    }

    private IEnumerable<KubeconfigUpdate> Updates(
        DeploymentPlan plan, CertificateAuthority current, IReadOnlyList<X509Certificate2> trusted, Dictionary<string, LeafPlan> replaced) =>
        new KubeconfigUpdatePlanner(_kubeconfigs)
        {
            Authorities = [.. current.Trusted, .. trusted],
            Bundle = plan.Bundle!.Content(plan.Authority.Existing!),
            Replaced = replaced,
        }.Plan();

    /// <summary>The plan to issue a certificate again, by the thumbprint it has; null where another authority signed it, or none does any longer.</summary>
    private (string Thumbprint, LeafPlan Leaf)? PlanLeaf(LeafFiles files, AuthorityPlan authority)
    {
        var pair = ReadPair(files);
        var issuer = pair is null ? null : authority.Existing!.IssuerOf(pair.Certificate);
        if (issuer is null || issuer == authority.Existing!.Certificate || (files.IsUser && HasEnded(pair!.Certificate)))
        {
            pair?.Dispose();
            return null;
        }

        var thumbprint = pair!.Certificate.Thumbprint;
        var renewal = new LeafRenewal(context, authority) { Lifetime = files.IsUser ? Remaining(pair.Certificate) : null };
        return (thumbprint, renewal.Plan(files, pair, issuer, TakesOver));
    }

    private CertificatePair? ReadPair(LeafFiles files)
    {
        try
        {
            return CertificatePair.Read(context.Files, files.CertificatePath, files.KeyPath);
        }
        catch (KubePrepException e)
        {
            context.Warn($"{e.Message} It is left as it is.");
            return null;
        }
    }

    /// <summary>The time a person's access was given for is not prolonged by the way.</summary>
    private Lifetime Remaining(X509Certificate2 certificate)
    {
        var remaining = certificate.NotAfter.ToUniversalTime() - CertificateIssuer.Start(context.Now, CertificateIssuer.DefaultBackdate);
        return new Lifetime(TimeSpan.FromTicks(Math.Clamp(remaining.Ticks, Lifetime.Minimum.Ticks, Lifetime.Maximum.Ticks)));
    }

    private bool HasEnded(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() <= context.Now;
}
