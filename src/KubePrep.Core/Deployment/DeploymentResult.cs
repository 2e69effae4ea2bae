namespace KubePrep.Deployment;

/// <summary>What a run made or kept, or would, and what its user should know about it.</summary>
/// <param name="Files">One entry a file.</param>
/// <param name="Warnings">Sentences for the user; none of them stopped the run.</param>
public sealed record DeploymentResult(IReadOnlyList<DeployedFile> Files, IReadOnlyList<string> Warnings);
