namespace KubePrep.Preparation;

/// <summary>What a node's steps came to.</summary>
/// <param name="Status">The node's status.</param>
/// <param name="Steps">The steps, in order.</param>
/// <param name="Error">Why the node failed; null if it did not.</param>
internal sealed record Assessment(PreparationStatus Status, IReadOnlyList<StepResult> Steps, KubePrepException? Error);
