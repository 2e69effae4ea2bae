namespace KubePrep.Certificates;

/// <summary>What a kubeconfig embeds for one of its contexts.</summary>
/// <param name="Authorities">The authorities by which the API server is known.</param>
/// <param name="Clients">The user's certificate, and what may follow it up to its authority; empty if none is embedded.</param>
internal sealed record EmbeddedPair(IReadOnlyList<FoundCertificate> Authorities, IReadOnlyList<FoundCertificate> Clients);
