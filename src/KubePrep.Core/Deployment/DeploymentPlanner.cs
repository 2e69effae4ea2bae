using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>Plans what each request asks for, out of the plans of its parts. Looks at files, and changes none.</summary>
internal sealed class DeploymentPlanner(IKubeconfigSerializer serializer)
{
    /// <summary>Everything a cluster's directory holds.</summary>
    public DeploymentPlan PlanCluster(DeploymentRequest request, PlanContext context)
    {
        var authorityPlanner = new AuthorityPlanner(context);
        var signing = authorityPlanner.PlanSigning(request.Lifetime);
        var (authority, document) = authorityPlanner.Plan(new AuthorityRequest(context.Layout.SslDirectory)
        {
            KeyAlgorithm = request.KeyAlgorithm,
            Lifetime = request.AuthorityLifetime,
            Force = request.Force,
        });
        var plan = new DeploymentPlan(authority) { Documents = { signing, document } };
        var profile = ((SigningConfiguration)signing.Document).Find(SigningConfiguration.KubernetesProfile);
        if (signing.Action.IsNeeded)
        {
            LifetimeAdvice.ForLeaf(context, profile);
        }

        foreach (var identity in ClusterIdentity.All)
        {
            AddIdentity(plan, request, context, identity, profile);
        }

        return plan;
    }

    /// <summary>A certificate authority and its documents.</summary>
    public static DeploymentPlan PlanAuthority(AuthorityRequest request, PlanContext context)
    {
        var planner = new AuthorityPlanner(context);
        var (authority, document) = planner.Plan(request);
        return new DeploymentPlan(authority) { Documents = { planner.PlanSigning(lifetime: null), document } };
    }

    /// <summary>One client certificate of an authority that exists.</summary>
    public static DeploymentPlan PlanClientCertificate(ClientCertificateRequest request, string name, SubjectName subject, PlanContext context)
    {
        var authorityPlanner = new AuthorityPlanner(context);
        var authority = request.AuthorityIsPlanned
            ? authorityPlanner.Plan(new AuthorityRequest(request.Directory) { Force = true }).Authority
            : authorityPlanner.PlanExisting();
        var leafPlanner = new LeafPlanner(context, authority);
        using var existing = request.Force ? null : leafPlanner.ReadCertificate(name);
        if (existing is not null && !SubjectName.Read(existing.SubjectName).Equals(subject))
        {
            throw DeploymentErrors.ClientCertificateNameTaken(context.Layout.Certificate(name), existing.Subject, subject.ToString());
        }

        var profile = ((SigningConfiguration)authorityPlanner.PlanSigning(lifetime: null).Document).Find(request.Profile);
        var wanted = new LeafSpecification(
            subject,
            request.KeyAlgorithm ?? (existing is null ? null : KeySpecification.Of(existing.PublicKey)?.Algorithm) ?? KeyAlgorithm.EcdsaP256,
            SubjectAlternativeNames.Of([], source: ""),
            profile with { Expiry = request.Lifetime ?? profile.Expiry });
        return new DeploymentPlan(authority) { Leaves = { leafPlanner.Plan(name, wanted, request.Force) } };
    }

    /// <summary>One kubeconfig around files that exist.</summary>
    public DeploymentPlan PlanKubeconfig(KubeconfigRequest request, KubeconfigTarget target, PlanContext context)
    {
        var authorityPlanner = new AuthorityPlanner(context);
        var (certificatePath, keyPath) = (Path.GetFullPath(request.CertificatePath), Path.GetFullPath(request.KeyPath));
        var authority = request.CertificateIsPlanned
            ? authorityPlanner.Plan(new AuthorityRequest(context.Layout.SslDirectory)).Authority
            : authorityPlanner.PlanCertificate(Path.GetFullPath(request.CertificateAuthorityPath));
        var leaf = request.CertificateIsPlanned
            ? new LeafPlan(request.UserName, certificatePath, keyPath, FileAction.Create, FileAction.Create)
            : new LeafPlanner(context, authority).PlanExisting(request.UserName, certificatePath, keyPath);
        var planner = new KubeconfigPlanner(context, authority, serializer);
        if (!request.Force)
        {
            planner.RequireOwn(target);
        }

        return new DeploymentPlan(authority) { Leaves = { leaf }, Kubeconfigs = { planner.Plan(target, leaf) } };
    }

    private void AddIdentity(
        DeploymentPlan plan, DeploymentRequest request, PlanContext context, ClusterIdentity identity, SigningProfile profile)
    {
        var leafPlanner = new LeafPlanner(context, plan.Authority);
        var document = leafPlanner.PlanRequest(identity, request.KeyAlgorithm, request.Force);
        plan.Documents.Add(document);
        var leaf = leafPlanner.Plan(identity.Name, ((CertificateRequestDocument)document.Document).ToLeaf(profile), request.Force);
        plan.Leaves.Add(leaf);
        plan.Kubeconfigs.Add(new KubeconfigPlanner(context, plan.Authority, serializer).Plan(TargetOf(identity, request, context.Layout), leaf));
    }

    /// <summary>The administrator's kubeconfig bears the user's names; those of the components name the cluster as their own roles do.</summary>
    private static KubeconfigTarget TargetOf(ClusterIdentity identity, DeploymentRequest request, ClusterLayout layout)
    {
        var path = layout.Kubeconfig(identity.KubeconfigName);
        return identity == ClusterIdentity.Administrator
            ? new KubeconfigTarget(path, request.ClusterName, request.Server, request.ContextNameOrDefault, identity.UserName)
            : new KubeconfigTarget(path, "kubernetes", request.Server, "default", identity.UserName);
    }
}
