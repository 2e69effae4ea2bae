namespace KubePrep.Inventory;

/// <summary>How an inventory is written.</summary>
internal enum InventoryFormat
{
    /// <summary>Ansible's INI.</summary>
    Ini,

    /// <summary>Ansible's YAML, of which JSON is a part.</summary>
    Yaml,

    /// <summary>A table with a header.</summary>
    Csv,
}
