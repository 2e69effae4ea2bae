namespace KubePrep.Preparation;

/// <summary>How kube-proxy will route services, which decides the packages and modules it needs.</summary>
public enum ProxyMode
{
    /// <summary>By nftables; needs kernel 5.13.</summary>
    Nftables,

    /// <summary>By iptables.</summary>
    Iptables,

    /// <summary>By IPVS, which Kubernetes deprecates (KEP-5495).</summary>
    Ipvs,
}
