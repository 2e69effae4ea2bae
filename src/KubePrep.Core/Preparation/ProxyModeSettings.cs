namespace KubePrep.Preparation;

/// <summary>What a proxy mode needs besides the rest of its profile.</summary>
public sealed record ProxyModeSettings
{
    /// <summary>Packages.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Kernel modules.</summary>
    public IReadOnlyList<string> KernelModules { get; init; } = [];

    /// <summary>Kernel parameters.</summary>
    public IReadOnlyList<SysctlSetting> Sysctl { get; init; } = [];
}
