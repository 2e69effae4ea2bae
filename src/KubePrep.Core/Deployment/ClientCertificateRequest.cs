using KubePrep.Pki;

namespace KubePrep.Deployment;

/// <summary>A client certificate to be made or kept.</summary>
/// <param name="Directory">The directory of the certificate authority, where the new files go too.</param>
/// <param name="CommonName">The user's name, as Kubernetes sees it.</param>
public sealed record ClientCertificateRequest(string Directory, string CommonName)
{
    private const string SystemPrefix = "system:";

    /// <summary>The user's groups, as Kubernetes sees them.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>The files' name; by default the common name without <c>system:</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The signing profile, by default <c>kcfg</c>, for clients only.</summary>
    public string Profile { get; init; } = SigningConfiguration.UserProfile;

    /// <summary>The algorithm of a new key; ECDSA P-256 by default.</summary>
    public KeyAlgorithm? KeyAlgorithm { get; init; }

    /// <summary>How long it lasts; by default as long as the profile says.</summary>
    public Lifetime? Lifetime { get; init; }

    /// <summary>Whether the authority is itself only planned, by an earlier command with <c>-WhatIf</c>.</summary>
    public bool AuthorityIsPlanned { get; init; }

    /// <summary>Replace an existing one, whoever it belongs to, after a backup.</summary>
    public bool Force { get; init; }

    internal string NameOrDefault =>
        Name ?? (CommonName.StartsWith(SystemPrefix, StringComparison.Ordinal) ? CommonName[SystemPrefix.Length..] : CommonName);
}
