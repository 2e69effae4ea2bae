using KubePrep.Changes;

namespace KubePrep.Preparation;

/// <summary>A step, and what it has to do.</summary>
/// <param name="Name">The step.</param>
/// <param name="Plan">What there is to do; null if the step was not asked for, or nothing in the profile is about it.</param>
internal sealed record PlannedStep(StepName Name, StepPlan? Plan);
