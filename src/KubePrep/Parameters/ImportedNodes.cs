using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace KubePrep.Parameters;

/// <summary>The nodes of the inventories that were imported last, so that they can be completed. Each runspace has its own.</summary>
internal static class ImportedNodes
{
    private static readonly ConditionalWeakTable<Runspace, IReadOnlyList<ImportedNode>> Tables = [];

    /// <summary>Those of the runspace of this thread.</summary>
    public static IReadOnlyList<ImportedNode> Current =>
        Runspace.DefaultRunspace is { } runspace && Tables.TryGetValue(runspace, out var nodes) ? nodes : [];

    /// <summary>Forgets what was imported before into the runspace of this thread.</summary>
    public static void Replace(IReadOnlyList<ImportedNode> nodes) => Tables.AddOrUpdate(Runspace.DefaultRunspace, nodes);
}
