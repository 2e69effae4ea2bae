namespace KubePrep.Preparation;

/// <summary>What a profile wants of a kernel parameter.</summary>
/// <param name="Key">The key, with dots, such as <c>net.ipv4.ip_forward</c>.</param>
/// <param name="Value">The value; several numbers are separated by one space.</param>
public sealed record SysctlSetting(string Key, string Value)
{
    /// <summary>Whether a higher value is as good, and is never lowered.</summary>
    public bool IsMinimum { get; init; }

    /// <summary>Whether a kernel that lacks the parameter is left without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether it is wanted only on nodes that were given an IPv6 address.</summary>
    public bool IsForIPv6 { get; init; }
}
