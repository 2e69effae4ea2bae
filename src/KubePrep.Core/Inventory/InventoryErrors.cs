namespace KubePrep.Inventory;

/// <summary>The errors that inventories cause. They name lines and variables, and never a value, which could be a password.</summary>
internal static class InventoryErrors
{
    private const string Correct = "Correct the line and run the command again.";

    /// <summary>There is no such file.</summary>
    public static KubePrepException NotFound(string path) => new(
        ErrorId.InventoryNotFound,
        path,
        $"There is no inventory '{path}'.",
        "Give the path of a file: an inventory of Ansible's, in INI or YAML, or a table in CSV.");

    /// <summary>A file that is no inventory as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="why">What is wrong, after "it".</param>
    /// <param name="action">What to do now, as a sentence.</param>
    public static KubePrepException Unusable(string path, string why, string action) => new(
        ErrorId.InvalidInventory,
        path,
        $"'{path}' cannot be read as an inventory: it {why}.",
        action);

    /// <summary>A line that cannot be used.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">Where; lines count from 1.</param>
    /// <param name="why">What is wrong, as a sentence without a full stop.</param>
    /// <param name="action">What to do now, as a sentence.</param>
    public static KubePrepException Invalid(string path, long line, string why, string action = Correct) => new(
        ErrorId.InvalidInventory,
        path,
        $"{path}, line {line}: {why}.",
        action);
}
