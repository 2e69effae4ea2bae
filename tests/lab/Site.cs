namespace KubePrep.Lab.Tests;

/// <summary>Fresh nodes of one test or class, and the user who prepares them.</summary>
internal sealed class Site : IDisposable
{
    public Site(Lab lab, int count = 1)
    {
        Nodes = lab.StartNodes(count);
        Controller = new Controller(Nodes);
    }

    public LabNodes<FleetNode> Nodes { get; }

    /// <summary>The first node, which is often the only one.</summary>
    public FleetNode Node => Nodes[0];

    public Controller Controller { get; }

    /// <summary>How the user writes a node.</summary>
    public static string AddressOf(LabNode node) => $"root@{node.Address}";

    /// <summary>Writes a profile, and gives its path.</summary>
    public string Profile(string text)
    {
        var path = Path.Join(Controller.Home, "profile.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    public ToolResult Check(params IEnumerable<string> more) => Controller.Check(Nodes.Select(AddressOf), more);

    public ToolResult Prepare(params IEnumerable<string> more) => Controller.Prepare(Nodes.Select(AddressOf), more);

    public RunningTool StartPrepare(params IEnumerable<string> more) => Controller.StartPrepare(Nodes.Select(AddressOf), more);

    public void Dispose()
    {
        Controller.Dispose();
        Nodes.Dispose();
    }
}
