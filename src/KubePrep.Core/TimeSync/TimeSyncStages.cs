using KubePrep.Changes;
using KubePrep.Inventory;

namespace KubePrep.TimeSync;

/// <summary>Carries out what there is to do on a node in stages, as one may show what the next has to do.</summary>
internal static class TimeSyncStages
{
    /// <summary>A module is loaded before it is known which clock it brings, and somebody may change the node meanwhile.</summary>
    private const int Maximum = 4;

    /// <summary>Goes on until there is nothing more to do.</summary>
    /// <param name="node">The node.</param>
    /// <param name="advance">Carries out a stage, and says whether there was anything to do.</param>
    /// <param name="plan">What there is to do on the node as it is after a stage.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.ChangesNotVerified"/>: there is always something more.</exception>
    public static void Run(Node node, Func<bool> advance, Func<IReadOnlyList<Change>> plan)
    {
        for (var stage = 0; stage < Maximum; stage++)
        {
            if (!advance())
            {
                return;
            }
        }

        if (plan() is { Count: > 0 } left)
        {
            throw TimeSyncErrors.NotVerified(node, left);
        }
    }
}
