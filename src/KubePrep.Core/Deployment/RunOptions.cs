namespace KubePrep.Deployment;

/// <summary>How a run is carried out.</summary>
public sealed record RunOptions
{
    /// <summary>Write nothing; say what would be done, and why.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Opens the certificate authority's key if it is encrypted, and encrypts one that is made.</summary>
    public Secret? CaPassphrase { get; init; }

    /// <summary>Told about each step, from any thread.</summary>
    public IProgress<DeploymentProgress>? Progress { get; init; }

    /// <summary>Ends the run before its commit; after that the run is finished.</summary>
    public CancellationToken CancellationToken { get; init; }
}
