namespace KubePrep.Inventory;

/// <summary>A host, which may be named in many places.</summary>
/// <param name="name">Its name in the inventory.</param>
/// <param name="line">Where it is first named.</param>
internal sealed class InventoryHost(string name, int line)
{
    private readonly List<IReadOnlyDictionary<string, InventoryValue>> _variables = [];

    public string Name => name;

    public int Line => line;

    /// <summary>The groups in which it is named.</summary>
    public HashSet<InventoryGroup> Groups { get; } = [];

    /// <summary>Adds variables, which replace those of the same names. Hosts of one range share them, so that they must not change.</summary>
    public void Add(IReadOnlyDictionary<string, InventoryValue> variables)
    {
        if (variables.Count > 0)
        {
            _variables.Add(variables);
        }
    }

    /// <summary>The host's own variable, or null.</summary>
    public InventoryValue? Find(string variable)
    {
        for (var i = _variables.Count - 1; i >= 0; i--)
        {
            if (_variables[i].TryGetValue(variable, out var value))
            {
                return value;
            }
        }

        return null;
    }
}
