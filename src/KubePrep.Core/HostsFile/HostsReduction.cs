using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>A new hosts map, and what became of the rows of the old one that are of no node of the run.</summary>
internal sealed record HostsReduction
{
    /// <summary>The new map.</summary>
    public required HostsMap Map { get; init; }

    /// <summary>Rows that are of no node known to the run, and stay.</summary>
    public required IReadOnlyList<HostsEntry> Kept { get; init; }

    /// <summary>Such rows that go, as was asked for.</summary>
    public required IReadOnlyList<HostsEntry> Pruned { get; init; }

    /// <summary>Rows of absent nodes, which stay.</summary>
    public required IReadOnlyList<HostsEntry> Previous { get; init; }

    /// <summary>Rows, or those of their names, that no map may hold, whoever wrote them there; they go.</summary>
    public required IReadOnlyList<HostsEntry> Refused { get; init; }

    /// <summary>Absent nodes of which no row is in the new map.</summary>
    public required IReadOnlyList<Node> Missing { get; init; }
}
