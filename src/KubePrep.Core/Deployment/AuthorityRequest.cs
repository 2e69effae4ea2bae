using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>A certificate authority to be made or kept. What is null comes from the documents beside it, or is the default.</summary>
/// <param name="Directory">The directory of its files, the <c>ssl/</c> of a cluster; it is made if it is missing.</param>
public sealed record AuthorityRequest(string Directory)
{
    /// <summary>The algorithm of a new key; ECDSA P-256 by default.</summary>
    public KeyAlgorithm? KeyAlgorithm { get; init; }

    /// <summary>How long the next certificate authority lasts; 10 years by default.</summary>
    public Lifetime? Lifetime { get; init; }

    /// <summary>Replace an existing one, after a backup.</summary>
    public bool Force { get; init; }
}
