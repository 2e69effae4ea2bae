using KubePrep.Kubeconfig;

namespace KubePrep.Renewal;

/// <summary>A kubeconfig of a cluster's directory.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Document">The same, read.</param>
internal sealed record ClusterKubeconfig(string Path, byte[] Content, KubeconfigDocument Document);
