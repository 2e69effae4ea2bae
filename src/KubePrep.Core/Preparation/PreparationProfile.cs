namespace KubePrep.Preparation;

/// <summary>A desired state for nodes. It is checked when it is read, so that whatever is in it can be carried out on a node.</summary>
public sealed record PreparationProfile
{
    /// <summary>The name of a built-in profile, or the path of its file.</summary>
    public required string Name { get; init; }

    /// <summary>Packages to install.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Settings of the journal, by key (journald.conf(5)).</summary>
    public IReadOnlyDictionary<string, string> Journal { get; init; } = new Dictionary<string, string>();

    /// <summary>What becomes of swap.</summary>
    public SwapPolicy Swap { get; init; }

    /// <summary>Kernel modules to load.</summary>
    public IReadOnlyList<string> KernelModules { get; init; } = [];

    /// <summary>Kernel modules that must not be loaded.</summary>
    public IReadOnlyList<string> BlockedModules { get; init; } = [];

    /// <summary>Kernel parameters.</summary>
    public IReadOnlyList<SysctlSetting> Sysctl { get; init; } = [];

    /// <summary>The limits of services, by key (systemd-system.conf(5), <c>DefaultLimit…</c>).</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>();

    /// <summary>How kube-proxy will route services.</summary>
    public ProxyMode ProxyMode { get; init; }

    /// <summary>What each proxy mode needs besides.</summary>
    public IReadOnlyDictionary<ProxyMode, ProxyModeSettings> ProxyModes { get; init; } = new Dictionary<ProxyMode, ProxyModeSettings>();

    /// <summary>The profile with what its proxy mode needs, and nothing for the other modes.</summary>
    internal PreparationProfile ForProxyMode(ProxyMode mode)
    {
        var needed = ProxyModes.GetValueOrDefault(mode) ?? new ProxyModeSettings();
        return this with
        {
            ProxyMode = mode,
            ProxyModes = new Dictionary<ProxyMode, ProxyModeSettings>(),
            Packages = [.. Packages.Union(needed.Packages)],
            KernelModules = [.. KernelModules.Union(needed.KernelModules)],
            Sysctl = [.. Sysctl.Where(own => needed.Sysctl.All(setting => setting.Key != own.Key)), .. needed.Sysctl],
        };
    }
}
