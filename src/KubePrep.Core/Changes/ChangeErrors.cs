using KubePrep.Inventory;

namespace KubePrep.Changes;

/// <summary>The errors of carrying out changes on a node.</summary>
internal static class ChangeErrors
{
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
