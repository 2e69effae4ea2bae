using KubePrep.Changes;

namespace KubePrep.Preparation;

/// <summary>What a step found on a node, or did there.</summary>
/// <param name="Step">The step.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Reason">Why it is not simply compliant; empty if it is.</param>
public sealed record StepResult(StepName Step, StepStatus Status, string Reason);
