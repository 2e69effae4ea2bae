namespace KubePrep.Deployment;

/// <summary>How a run is carried out.</summary>
public sealed record RunOptions
{
    /// <summary>Write nothing; say what would be done, and why.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Told about each step, from any thread.</summary>
    public IProgress<DeploymentProgress>? Progress { get; init; }

    /// <summary>Ends the run before its commit; after that the run is finished.</summary>
    public CancellationToken CancellationToken { get; init; }
}
