using KubePrep.Inventory;

namespace KubePrep.Changes;

/// <summary>The errors of carrying out changes on a node.</summary>
internal static class ChangeErrors
{
    /// <summary>Whether a node was changed, and it could not be proved that it is as it should be.</summary>
    /// <param name="error">What came of the node; null if nothing failed.</param>
    /// <param name="changes">What was changed there.</param>
    public static bool IsUnproved(KubePrepException? error, IEnumerable<Change> changes) => error?.Id switch
    {
        ErrorId.ChangesNotVerified => true,
        ErrorId.ClockNotSynchronized => changes.Any(change => change.Step == StepName.TimeSync),
        _ => false,
    };

    public static KubePrepException RunInProgress(Node node, string run) => new(
        ErrorId.RunInProgress,
        node.ToString(),
        $"A run of another client ({run}) is still changing '{node}'.",
        $"Wait until it has ended, and run the command again; its journal is /run/kubeprep/{run}/journal on the node.");

    public static KubePrepException ApplyFailed(Node node, string why) => new(
        ErrorId.ApplyFailed,
        node.ToString(),
        $"The changes could not be carried out on '{node}': {why}.",
        "Mend that and run the command again; it finds out what was done, and does the rest.");
}
