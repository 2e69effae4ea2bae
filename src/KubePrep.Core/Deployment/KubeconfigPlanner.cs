using KubePrep.Kubeconfig;

namespace KubePrep.Deployment;

/// <summary>Plans kubeconfigs: which are kept, which are written again and why.</summary>
internal sealed class KubeconfigPlanner(PlanContext context, AuthorityPlan authority, IKubeconfigSerializer serializer)
{
    /// <summary>Compares the file that exists with what it should be.</summary>
    public KubeconfigPlan Plan(KubeconfigTarget target, LeafPlan leaf)
    {
        if (context.Files.Read(target.Path) is not { } content)
        {
            return new KubeconfigPlan(target, leaf, Namespace: "", FileAction.Create);
        }

        KubeconfigDocument existing;
        try
        {
            existing = serializer.Read(content, target.Path);
        }
        catch (KubePrepException e) when (e.Id == ErrorId.MalformedKubeconfig)
        {
            return new KubeconfigPlan(target, leaf, Namespace: "", FileAction.Replace("it could not be read as a kubeconfig"));
        }

        var @namespace = existing.Contexts.FirstOrDefault(c => c.Name == target.ContextName)?.Namespace ?? "";
        return new KubeconfigPlan(target, leaf, @namespace, FileAction.For(exists: true, ReasonToWrite(existing, target, leaf)));
    }

    /// <summary>Refuses to replace a file that holds something else, which <see cref="Plan"/> alone would drop.</summary>
    public void RequireOwn(KubeconfigTarget target)
    {
        if (context.Files.Read(target.Path) is { } content)
        {
            var lost = KubeconfigInspection.Lost(serializer.Read(content, target.Path), target.Fill([], [], [], ""));
            if (lost.Count > 0)
            {
                throw KubeconfigErrors.InUse(target.Path, lost);
            }
        }
    }

    private string? ReasonToWrite(KubeconfigDocument existing, KubeconfigTarget target, LeafPlan leaf) =>
        authority.Existing is null ? "the certificate authority is new"
        : leaf.Kept is null ? "its certificate is new"
        : KubeconfigInspection.ReasonToRewrite(
            existing, target.Fill(authority.Existing.Pem, leaf.Kept.CertificatePem, leaf.Kept.KeyPem, @namespace: ""));
}
