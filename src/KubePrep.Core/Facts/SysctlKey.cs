namespace KubePrep.Facts;

/// <summary>The name of a kernel parameter (sysctl.d(5)).</summary>
internal static class SysctlKey
{
    /// <summary>Where it is below <c>/proc/sys</c>: dots are slashes there, and a slash, as in an interface's name, is a dot.</summary>
    /// <param name="key">The key with dots.</param>
    public static string ToPath(string key) => string.Concat(key.Select(c => c == '.' ? '/' : c == '/' ? '.' : c));

    /// <summary>The key with dots of a parameter below <c>/proc/sys</c>.</summary>
    /// <param name="path">Its path there.</param>
    public static string FromPath(string path) => ToPath(path); // each of both characters stands for the other
}
