using KubePrep.Inventory;

namespace KubePrep.Yaml;

/// <summary>Inventories as files: Ansible's INI and YAML, and tables in CSV.</summary>
public static class InventoryFile
{
    /// <summary>Reads an inventory.</summary>
    /// <param name="path">
    /// Its file, which may be a symbolic link. One whose name ends with .yaml, .yml or .json is YAML, with .csv a table, with .ini INI; another
    /// is what its first line says, INI if in doubt.
    /// </param>
    /// <exception cref="KubePrepException">
    /// There is no such file (<see cref="ErrorId.InventoryNotFound"/>), it cannot be read (<see cref="ErrorId.FileReadFailed"/>,
    /// <see cref="ErrorId.NotRegularFile"/>), or has something in it that cannot be used (<see cref="ErrorId.InvalidInventory"/>).
    /// </exception>
    public static InventoryContent Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var source = InventorySource.Read(path);
        return source.Format switch
        {
            InventoryFormat.Csv => CsvInventory.Read(source),
            InventoryFormat.Yaml => AnsibleInventory.Resolve(YamlInventory.Read(source)),
            _ => AnsibleInventory.Resolve(IniInventory.Read(source)),
        };
    }
}
