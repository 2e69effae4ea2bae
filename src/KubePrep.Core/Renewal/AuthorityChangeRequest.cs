using KubePrep.Pki;

namespace KubePrep.Renewal;

/// <summary>A step in changing a cluster's certificate authority for a new one.</summary>
/// <param name="ClusterDirectory">The cluster's directory.</param>
/// <param name="Phase">The step.</param>
public sealed record AuthorityChangeRequest(string ClusterDirectory, AuthorityPhase Phase)
{
    /// <summary>The algorithm of the new authority's key; by default what <c>ca-csr.json</c> says. For <see cref="AuthorityPhase.Prepare"/>.</summary>
    public KeyAlgorithm? KeyAlgorithm { get; init; }

    /// <summary>How long the new authority lasts; by default as <c>ca-csr.json</c> says. For <see cref="AuthorityPhase.Prepare"/>.</summary>
    public Lifetime? Lifetime { get; init; }
}
