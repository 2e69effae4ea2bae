using System.Security.Cryptography.X509Certificates;
using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Users;

/// <summary>Plans a new user: certificate and key, the kubeconfig around them, and the manifest that gives them a role.</summary>
internal sealed class UserPlanner(PlanContext context, IKubeconfigSerializer kubeconfigs, IRoleBindingSerializer bindings)
{
    /// <summary>The settings of a cluster without which a client may not get through to it, as kubectl calls them.</summary>
    private static readonly string[] WaysThere = ["proxy-url", "tls-server-name"];

    private ClusterLayout Layout => context.Layout;

    /// <summary>Files that do not exist yet, under a name that nobody had.</summary>
    public UserFiles FreeFiles(string name)
    {
        FileTransaction.RequireOwnDirectory(Layout.UsersDirectory);
        UserFiles files;
        do
        {
            files = new UserFiles(Layout.UsersDirectory, UniqueName.For(name));
        }
        while (UserDirectory.PathsOf(files).Any(path => context.Files.Status(path).Kind != FileKind.Missing));
        return files;
    }

    public DeploymentPlan Plan(UserRequest request, UserFiles files)
    {
        var authorityPlanner = new AuthorityPlanner(context);
        var authority = authorityPlanner.PlanExisting();
        var plan = new DeploymentPlan(authority);
        try
        {
            var cluster = ReadCluster(authority.Existing!.Certificate);
            var profile = ProfileFor(request, authorityPlanner);
            var action = new FileAction(Exists: false, ReasonFor(request));
            authority.RequireKey(files.Name, action.Reason!);
            LifetimeAdvice.ForLeaf(context, profile);
            new LeafPlanner(context, authority).WarnOfEnd(profile);
            var leaf = new LeafPlan(files.Name, files.Certificate, files.Key, action, action)
            {
                Wanted = new LeafSpecification(
                    SubjectName.Of(files.Name), request.KeyAlgorithm, SubjectAlternativeNames.Of([], source: ""), profile),
            };
            plan.Leaves.Add(leaf);
            plan.Kubeconfigs.Add(new KubeconfigPlan(
                new KubeconfigTarget(files.Kubeconfig, cluster.Name, cluster.Server, $"{files.Name}@{cluster.Name}", files.Name),
                leaf,
                request.Namespace ?? "",
                action));
            var end = CertificateIssuer.Validity(profile, authority.NotAfter(context.Now), context.Now).NotAfter;
            plan.Files.Add(new FilePlan(files.Manifest, bindings.Write(BindingFor(request, files.Name, end)), IsSecret: false, action));
            return plan;
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    /// <summary>What the manifest of a request says.</summary>
    public static RoleBinding BindingFor(UserRequest request, string userName, DateTimeOffset end) => new(
        RoleBinding.NameFor(userName),
        request.Namespace,
        RoleBinding.ClusterRole,
        NameOf(request.Role),
        [userName]) { ValidUntil = end.UtcDateTime };

    /// <summary>A role as Kubernetes writes it.</summary>
    public static string NameOf(UserRole role) => role switch
    {
        UserRole.View => "view",
        UserRole.Edit => "edit",
        UserRole.Admin => "admin",
        _ => throw DeploymentErrors.InvalidName(role.ToString(), "role", "it is none of View, Edit and Admin"),
    };

    /// <summary>What the ledger says of why the certificate was issued.</summary>
    private static string ReasonFor(UserRequest request) =>
        $"a new user with the role {NameOf(request.Role)} in {(request.Namespace is null ? "all namespaces" : $"namespace {request.Namespace}")}";

    private static SigningProfile ProfileFor(UserRequest request, AuthorityPlanner authorityPlanner)
    {
        var profile = ((SigningConfiguration)authorityPlanner.PlanSigning(lifetime: null).Document).Find(SigningConfiguration.UserProfile);
        return profile with { Expiry = request.Lifetime ?? profile.Expiry };
    }

    /// <summary>The cluster that the administrator's kubeconfig leads to, which must be the one whose authority this is.</summary>
    private KubeconfigCluster ReadCluster(X509Certificate2 authority)
    {
        var path = Layout.Kubeconfig(ClusterIdentity.Administrator.KubeconfigName);
        var content = context.Files.Read(path) ?? throw UserErrors.ClusterUnknown(path, "does not exist");
        var document = kubeconfigs.Read(content, path);
        var current = document.Contexts.FirstOrDefault(c => c.Name == document.CurrentContext)
            ?? throw UserErrors.ClusterUnknown(path, "has no current context");
        var cluster = document.Clusters.FirstOrDefault(c => c.Name == current.Cluster)
            ?? throw UserErrors.ClusterUnknown(path, $"lacks the cluster '{current.Cluster}' of its current context");
        if (!NameRules.IsServer(cluster.Server))
        {
            throw UserErrors.ClusterUnknown(path, "has a server that is no https URL of an API server");
        }

        if (cluster.CertificateAuthorityData is { } trusted && !Holds(trusted, authority, path))
        {
            throw UserErrors.ClusterUnknown(path, $"has a current context whose cluster '{PlainText.Printable(cluster.Name)}' trusts another authority than '{Layout.AuthorityCertificate}'");
        }

        if (cluster.OtherSettings.Intersect(WaysThere).ToList() is { Count: > 0 } settings)
        {
            context.Warn(
                $"'{path}' reaches the cluster with {string.Join(" and ", settings)}, which the new kubeconfig does not say; kubectl config set-cluster adds it.");
        }

        return cluster;
    }

    private static bool Holds(byte[] trusted, X509Certificate2 authority, string path)
    {
        var certificates = CertificateFile.ReadAll(trusted, path);
        var holds = certificates.Exists(certificate => certificate.Thumbprint == authority.Thumbprint);
        certificates.ForEach(certificate => certificate.Dispose());
        return holds;
    }
}
