using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>
/// One of the four clients every cluster has. Kubernetes grants their rights to exactly these names and groups (RBAC's default
/// bindings; the administrator's by the group <c>system:masters</c>).
/// </summary>
internal sealed record ClusterIdentity(string Name, string CommonName, string Organization, string KubeconfigName, string UserName)
{
    /// <summary>The administrator, whose kubeconfig bears the cluster's own name.</summary>
    public static readonly ClusterIdentity Administrator = new("admin", "admin", "system:masters", "kubectl", "admin");

    public static readonly IReadOnlyList<ClusterIdentity> All =
    [
        Administrator,
        new("kube-proxy", "system:kube-proxy", "k8s", "kube-proxy", "kube-proxy"),
        new("kube-scheduler", "system:kube-scheduler", "system:kube-scheduler", "kube-scheduler", "system:kube-scheduler"),
        new(
            "kube-controller-manager",
            "system:kube-controller-manager",
            "system:kube-controller-manager",
            "kube-controller-manager",
            "system:kube-controller-manager"),
    ];

    public SubjectName Subject => SubjectName.Of(CommonName, Organization);

    /// <summary>Whether a subject carries this identity's name and group; it may have more, such as a country.</summary>
    public bool IsCarriedBy(SubjectName subject) => subject.CommonName == CommonName && subject.Organizations is [var only] && only == Organization;
}
