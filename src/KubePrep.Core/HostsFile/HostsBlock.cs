namespace KubePrep.HostsFile;

/// <summary>A managed block of a hosts file.</summary>
/// <param name="Start">Where its first mark starts in the file, in bytes.</param>
/// <param name="End">Where the line of its last mark ends.</param>
/// <param name="IsOwn">Whether it is KubePrep's own, and not one that kubeasz left.</param>
internal sealed record HostsBlock(int Start, int End, bool IsOwn);
