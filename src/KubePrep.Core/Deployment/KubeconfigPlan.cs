namespace KubePrep.Deployment;

/// <summary>A kubeconfig, as it is or will be.</summary>
/// <param name="Target">The file and the names in it.</param>
/// <param name="Leaf">The certificate it embeds.</param>
/// <param name="Namespace">The namespace its user had set, which is kept.</param>
/// <param name="Action">What is to be done.</param>
internal sealed record KubeconfigPlan(KubeconfigTarget Target, LeafPlan Leaf, string Namespace, FileAction Action);
