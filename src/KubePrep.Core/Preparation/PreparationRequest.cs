using KubePrep.Changes;
using KubePrep.Facts;

namespace KubePrep.Preparation;

/// <summary>What is wanted of nodes.</summary>
public sealed record PreparationRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="profile">The desired state.</param>
    public PreparationRequest(PreparationProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        Profile = profile;
    }

    /// <summary>The desired state.</summary>
    public PreparationProfile Profile { get; }

    /// <summary>How kube-proxy will route services; by default what the profile says.</summary>
    public ProxyMode? ProxyMode { get; init; }

    /// <summary>The steps to take; by default all.</summary>
    public IReadOnlySet<StepName> Steps { get; init; } = PreparationPlanner.StepNames.ToHashSet();

    /// <summary>Whether a node's host name is to be its <see cref="Inventory.Node.NodeName"/>.</summary>
    public bool SetHostName { get; init; }

    /// <summary>
    /// Whether what can keep a node's clock is set up; otherwise it is only warned of a clock that nothing keeps, and one beyond all limits
    /// fails its node.
    /// </summary>
    public bool SetTimeSync { get; init; }

    /// <summary>Whether clocks are set up after the other steps, on all nodes together.</summary>
    internal bool CompletesTimeSync => SetTimeSync && Steps.Contains(StepName.TimeSync);

    /// <summary>The profile for the proxy mode.</summary>
    internal PreparationProfile EffectiveProfile => Profile.ForProxyMode(ProxyMode ?? Profile.ProxyMode);

    /// <summary>What a probe has to look for.</summary>
    internal ProbeRequest Probe()
    {
        var wanted = EffectiveProfile;
        return new ProbeRequest(wanted.Packages, wanted.KernelModules, [.. wanted.Sysctl.Select(setting => setting.Key)])
        {
            AsksTime = Steps.Contains(StepName.TimeSync),
        };
    }
}
