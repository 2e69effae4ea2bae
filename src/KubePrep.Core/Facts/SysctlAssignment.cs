namespace KubePrep.Facts;

/// <summary>What a line of sysctl.d(5) says about a key.</summary>
/// <param name="Value">The value that is set at boot; null if the line keeps the key from being set.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">The line's number.</param>
internal sealed record SysctlAssignment(string? Value, string Path, int Line)
{
    /// <summary>Where it is, for messages.</summary>
    public string Location => $"{Path}:{Line}";
}
