using System.Globalization;
using KubePrep.Inventory;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>Inventories of tests, read from files of their own.</summary>
internal static class InventorySample
{
    public static InventoryContent Ini(string text) => Read("hosts.ini", text);

    public static InventoryContent Yaml(string text) => Read("hosts.yaml", text);

    public static InventoryContent Csv(string text) => Read("hosts.csv", text);

    public static InventoryContent Read(string name, string text)
    {
        using var directory = new TemporaryDirectory();
        return InventoryFile.Read(directory.Write(name, text));
    }

    /// <summary>Expects an error of a line.</summary>
    public static KubePrepException Refuses(string name, string text, int line)
    {
        var error = Expect.Error(ErrorId.InvalidInventory, () => Read(name, text));
        Assert.Contains($"{name}, line {line.ToString(CultureInfo.InvariantCulture)}: ", error.Message, StringComparison.Ordinal);
        return error;
    }

    /// <summary>All of a node in one line.</summary>
    public static string Show(Node node) => string.Create(
        CultureInfo.InvariantCulture,
        $"{node.HostName}|{node.NodeName}|{string.Join(' ', node.IPAddress)}|{node.Port}|{node.UserName}|{node.KeyFilePath}|{node.Role}");

    public static List<string> Show(InventoryContent content) => [.. content.Nodes.Select(Show)];
}
