namespace KubePrep.Inventory;

/// <summary>What a variable's value is.</summary>
internal enum InventoryValueKind
{
    /// <summary>Text, or an integer in decimal digits.</summary>
    Text,

    /// <summary>Text that is taken as it is, so that what looks like an expression is none.</summary>
    Verbatim,

    /// <summary>Python's None, YAML's null.</summary>
    Nothing,

    /// <summary>Text that is encrypted.</summary>
    Vaulted,

    /// <summary>A list, a mapping, a boolean, a number with a point, a time.</summary>
    Other,
}
