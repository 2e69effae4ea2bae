using KubePrep.Pki;

namespace KubePrep.Renewal;

/// <summary>
/// Certificates that are to be issued again: those that are named, or all, or those that end soon; without any of these, those in the last
/// third of their lives. Those of people are issued again only by their names: access that was given for a time is not prolonged by the way.
/// </summary>
/// <param name="ClusterDirectory">The cluster's directory.</param>
public sealed record CertificateRenewalRequest(string ClusterDirectory)
{
    /// <summary>Issue those again that end within this time.</summary>
    public Horizon? ExpiringWithin { get; init; }

    /// <summary>The names of the certificates, as their files are called; wildcards (<c>*</c>, <c>?</c>) may be used.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Issue all of them, or all of those named, again, be they due or not.</summary>
    public bool Force { get; init; }

    /// <summary>Keep the private keys.</summary>
    public bool KeepKey { get; init; }

    /// <summary>How long the new ones last; by default as long as the old ones did.</summary>
    public Lifetime? Lifetime { get; init; }
}
