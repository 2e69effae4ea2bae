namespace KubePrep.Facts;

/// <summary>Names of kernel modules.</summary>
internal static class KernelModule
{
    /// <summary>The name as the kernel has it in <c>/proc/modules</c>: hyphens and underscores are the same (modprobe(8)).</summary>
    public static string Canonical(string name) => name.Replace('-', '_');
}
