using KubePrep.Changes;

namespace KubePrep.Preparation;

/// <summary>A step: it compares a node's facts with a profile, and says what to do. It has no effect and asks nobody.</summary>
internal interface IPreparationStep
{
    /// <summary>Its name.</summary>
    StepName Name { get; }

    /// <summary>Whether there is anything in the profile, or in what was asked for, that this step is about.</summary>
    bool IsWanted(PlanContext context);

    /// <summary>What there is to do.</summary>
    StepPlan Plan(PlanContext context);
}
