namespace KubePrep.Inventory;

/// <summary>What an inventory says.</summary>
public sealed record InventoryContent
{
    /// <summary>The nodes, in the order in which their hosts first appear.</summary>
    public required IReadOnlyList<Node> Nodes { get; init; }

    /// <summary>What is in the inventory and is not used: a sentence each, with its line, and never with a value, which could be a password.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    /// <summary>What may surprise: a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
