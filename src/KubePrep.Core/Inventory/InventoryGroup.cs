namespace KubePrep.Inventory;

/// <summary>A group of hosts and of other groups.</summary>
/// <param name="name">Its name.</param>
/// <param name="line">Where it is first named.</param>
internal sealed class InventoryGroup(string name, int line)
{
    /// <summary>The group of all hosts.</summary>
    public const string All = "all";

    /// <summary>The group of hosts that are in no other.</summary>
    public const string Ungrouped = "ungrouped";

    public string Name => name;

    public int Line => line;

    /// <summary>Whether it has a section of hosts or of children, as INI wants it; what is only named need not exist.</summary>
    public bool IsDeclared { get; set; }

    /// <summary>The groups it holds, and where they are first said to be its children.</summary>
    public Dictionary<InventoryGroup, int> Children { get; } = [];

    public Dictionary<string, InventoryValue> Variables { get; } = [];
}
