using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KubePrep.Inventory;

namespace KubePrep.Parameters;

/// <summary>
/// Makes nodes out of what people have: strings, hashtables, rows of a table, and results, which carry their node. What cannot be used is
/// left for the node's own check, so that it fails alone.
/// </summary>
public sealed class NodeTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>Makes an array of nodes.</summary>
    /// <param name="engineIntrinsics">The session.</param>
    /// <param name="inputData">What the user gave, or piped.</param>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Base(inputData) is IList list ? (Node[])[.. list.Cast<object?>().Select(NodeOf)] : [NodeOf(inputData)];

    private static object? Base(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static Node NodeOf(object? value) => Base(value) switch
    {
        Node node => node,
        string address => new Node(address),
        IDictionary table => FromProperties(name => Find(table, name)),
        PSObject row => FromProperties(name => row.Properties[name]?.Value),
        null => new Node(),
        _ when PSObject.AsPSObject(value).Properties["Node"]?.Value is Node node => node,
        _ when PSObject.AsPSObject(value) is var item && Names.Any(name => item.Properties[name] is not null) =>
            FromProperties(name => item.Properties[name]?.Value),
        var other => new Node(Text(other)),
    };

    private static readonly string[] Names = ["HostName", "ComputerName", "Cn", "NodeName", "Name", "IPAddress", "IP"];

    private static Node FromProperties(Func<string, object?> get)
    {
        if (Base(get("Node")) is Node carried)
        {
            return carried;
        }

        var addresses = Words(get("IPAddress") ?? get("IP"));
        var name = Text(get("Name"));
        var host = FirstText(get("HostName"), get("ComputerName"), get("Cn"));
        var node = new Node(host.Length > 0 ? host : addresses.FirstOrDefault(name))
        {
            IPAddress = addresses,
            // the name of a row that says no more is where to connect, and need not be one that Kubernetes takes
            NodeName = FirstText(get("NodeName"), host.Length > 0 || addresses.Length > 0 ? name : null) is { Length: > 0 } given ? given : null,
            KeyFilePath = FirstText(get("KeyFilePath"), get("IdentityFilePath")) is { Length: > 0 } path ? path : null,
            Role = RoleOf(get("Role")),
        };
        node.UserName = FirstText(get("UserName"), get("User"), node.UserName) is { Length: > 0 } user ? user : null;
        node.Port = Text(get("Port")) is { Length: > 0 } port ? PortOf(port) : node.Port;
        return node;
    }

    private static object? Find(IDictionary table, string name) =>
        table.Keys.OfType<string>().FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } key ? table[key] : null;

    private static string Text(object? value) => Base(value) switch
    {
        null => "",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    private static string FirstText(params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            if (Text(value) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return "";
    }

    private static string[] Words(object? value) => Base(value) switch
    {
        IEnumerable list and not string => [.. list.Cast<object>().Select(Text)],
        _ => Text(value).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    };

    /// <summary>A port that is no number is refused with the node, as one that is out of range.</summary>
    private static int PortOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;

    private static NodeRole RoleOf(object? value) => Base(value) is NodeRole given ? given : Words(value).Aggregate(
        NodeRole.None,
        (roles, word) => Enum.TryParse<NodeRole>(word, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? roles | role
            : throw new ArgumentTransformationMetadataException(
                $"'{word}' is no role of a node; give some of {string.Join(", ", Enum.GetNames<NodeRole>())}."));
}
