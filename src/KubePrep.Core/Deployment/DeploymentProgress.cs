namespace KubePrep.Deployment;

/// <summary>How far a run has come.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="PercentComplete">From 0 to 100.</param>
public sealed record DeploymentProgress(string Step, int PercentComplete);
