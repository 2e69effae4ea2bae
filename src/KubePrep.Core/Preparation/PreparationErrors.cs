using KubePrep.Inventory;

namespace KubePrep.Preparation;

/// <summary>The errors of preparing a node.</summary>
internal static class PreparationErrors
{
    public static KubePrepException StepFailed(Node node, IEnumerable<StepResult> failed) => new(
        ErrorId.StepFailed,
        node.ToString(),
        $"'{node}' is not prepared: {string.Join("; ", failed.Select(step => $"{step.Step}: {step.Reason}"))}.",
        "Mend what it names and run the command again. What the node's programs said is in /run/kubeprep/*/log there.");

    public static KubePrepException NotVerified(Node node, IEnumerable<StepResult> failed) => new(
        ErrorId.ChangesNotVerified,
        node.ToString(),
        $"'{node}' was changed, and is not as it should be all the same: {string.Join("; ", failed.Select(step => $"{step.Step}: {step.Reason}"))}.",
        "Find out what undoes the change on the node, and run the command again.");

    public static KubePrepException NoStepLeft() => new(
        ErrorId.NoStepLeft,
        "",
        "No step is left: each of those that were asked for is to be skipped too.",
        "Leave a step out of -SkipStep (--skip-step), or ask for another.");

    public static KubePrepException NodeNameMissing(Node node) => new(
        ErrorId.InvalidNode,
        node.ToString(),
        $"The host name of '{node}' is to be set, and it has no node name.",
        "Give the node a NodeName, or leave -SetHostName (--set-hostname) out.");

    public static KubePrepException NodeNameTaken(Node node, Node other) => new(
        ErrorId.InvalidNode,
        node.ToString(),
        $"'{node.HostName}' and '{other.HostName}' would both be named '{node.NodeName}'.",
        "Give each node a NodeName of its own.");
}
