using System.Globalization;
using System.IO.Enumeration;
using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Renewal;

/// <summary>Plans which certificates are issued again, and which kubeconfigs have to be told.</summary>
internal sealed class RenewalPlanner(PlanContext context, IKubeconfigSerializer serializer, CertificateRenewalRequest request)
{
    public DeploymentPlan Plan()
    {
        var authority = new AuthorityPlanner(context).PlanExisting();
        var plan = new DeploymentPlan(authority);
        try
        {
            var renewal = new LeafRenewal(context, authority) { Lifetime = request.Lifetime, KeepsKey = request.KeepKey };
            var replaced = new Dictionary<string, LeafPlan>();
            foreach (var files in Chosen())
            {
                Add(plan, replaced, files, renewal);
            }

            plan.Updates.AddRange(new KubeconfigUpdatePlanner(new ClusterKubeconfigs(context, serializer)) { Replaced = replaced }.Plan());
            RestartAdvice.Give(context, plan);
            return plan;
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <summary>The certificates that are named, or all but those of people.</summary>
    /// <exception cref="KubePrepException">A name fits none (<see cref="ErrorId.ClientCertificateNotFound"/>).</exception>
    private List<LeafFiles> Chosen()
    {
        var all = LeafFiles.List(context.Layout, context.Files);
        foreach (var name in request.Names.Where(name => !all.Any(files => Fits(files, name))))
        {
            throw RenewalErrors.NotFound(context.Layout.Certificate(name), name, all.Select(files => files.Name));
        }

        return [.. all.Where(files => request.Names.Count == 0 ? !files.IsUser : request.Names.Any(name => Fits(files, name)))];
    }

    private static bool Fits(LeafFiles files, string name) => FileSystemName.MatchesSimpleExpression(name, files.Name, ignoreCase: false);

    private void Add(DeploymentPlan plan, Dictionary<string, LeafPlan> replaced, LeafFiles files, LeafRenewal renewal)
    {
        if (Read(files) is not { } existing)
        {
            return;
        }

        var authority = plan.Authority.Existing!;
        var issuer = authority.IssuerOf(existing.Certificate);
        if (issuer is null || !existing.Key.Matches(existing.Certificate))
        {
            Leave(files, CertificateFile.IsAuthority(existing.Certificate) ? "it is that of a certificate authority, which is changed by Update-KpCertificateAuthority"
                : !CertificateFile.CanCheckSignature(existing.Certificate) ? "its signature is of a kind that KubePrep does not check"
                : issuer is null ? "this cluster's certificate authority did not sign it"
                : "its key does not match it");
            existing.Dispose();
            return;
        }

        var thumbprint = existing.Certificate.Thumbprint;
        var leaf = Reason(existing.Certificate) is { } reason && IsOfUse(files, existing.Certificate, authority)
            ? renewal.Plan(files, existing, issuer, reason)
            : new LeafPlan(files.Name, files.CertificatePath, files.KeyPath, FileAction.Keep, FileAction.Keep) { Kept = existing };
        plan.Leaves.Add(leaf);
        if (leaf.Kept is null)
        {
            replaced[thumbprint] = leaf;
        }
    }

    /// <summary>The certificate and its key; null, with a word about it, where that cannot be.</summary>
    private CertificatePair? Read(LeafFiles files)
    {
        try
        {
            var pair = CertificatePair.Read(context.Files, files.CertificatePath, files.KeyPath);
            if (pair is null)
            {
                Leave(files, $"its key '{files.KeyPath}' is missing");
            }

            return pair;
        }
        catch (KubePrepException e) when (!request.Names.Contains(files.Name))
        {
            Leave(files, e.Message.TrimEnd('.'));
            return null;
        }
    }

    /// <summary>What cannot be renewed is left; that is an error only where it was asked for by name.</summary>
    private void Leave(LeafFiles files, string why)
    {
        if (request.Names.Contains(files.Name))
        {
            throw RenewalErrors.NotRenewable(files.CertificatePath, why);
        }

        context.Warn($"'{files.CertificatePath}' is left as it is: {why}.");
    }

    private string? Reason(X509Certificate2 certificate) =>
        request.Force ? PlanContext.Forced
        : request.ExpiringWithin is { } time ? EndsWithin(certificate, time.Duration)
        : request.Names.Count > 0 ? "it was asked for"
        : HasEnded(certificate) ? $"it ended on {Date(certificate)}"
        : LeafInspection.IsAging(certificate, context.Now) ? $"it is in the last third of its life, which ends on {Date(certificate)}"
        : null;

    private string? EndsWithin(X509Certificate2 certificate, TimeSpan time) =>
        certificate.NotAfter.ToUniversalTime() <= context.Now + time ? $"it {(HasEnded(certificate) ? "ended" : "ends")} on {Date(certificate)}" : null;

    private bool HasEnded(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() <= context.Now;

    /// <summary>One that would end no later is issued only where nothing but that was asked for.</summary>
    private bool IsOfUse(LeafFiles files, X509Certificate2 certificate, CertificateAuthority authority)
    {
        if (request.Force || request.Names.Count > 0 || certificate.NotAfter.ToUniversalTime() < authority.NotAfter)
        {
            return true;
        }

        context.Warn(
            $"'{files.CertificatePath}' is left as it is: it ends with its certificate authority, on {Date(certificate)}, and so would a new one. Change the authority: Update-KpCertificateAuthority (kubeprep rotate-ca).");
        return false;
    }

    private static string Date(X509Certificate2 certificate) =>
        string.Create(CultureInfo.InvariantCulture, $"{certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
}
