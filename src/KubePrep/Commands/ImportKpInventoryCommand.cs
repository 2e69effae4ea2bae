using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Inventory;
using KubePrep.Parameters;
using KubePrep.Yaml;

namespace KubePrep.Commands;

/// <summary>Reads nodes from inventories: Ansible's INI and YAML, and tables in CSV.</summary>
[Cmdlet(VerbsData.Import, "KpInventory", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Node))]
public sealed class ImportKpInventoryCommand : KubePrepCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly List<ImportedNode> _imported = [];

    /// <summary>The inventories' files. Wildcards stand for existing ones.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same, with no character taken for a wildcard.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in ParameterSetName == PathSet ? Path : LiteralPath)
        {
            Report(() =>
            {
                foreach (var file in ParameterSetName == PathSet ? Expand(path) : [Resolve(path)])
                {
                    Report(() => Write(InventoryFile.Read(file), file));
                }
            });
        }
    }

    private void Write(InventoryContent content, string file)
    {
        _imported.AddRange(content.Nodes.Select(node => new ImportedNode(node.ToString(), node.UserName, node.HostName, node.Port, file)));
        ImportedNodes.Replace(_imported);
        foreach (var sentence in content.Ignored)
        {
            WriteVerbose(sentence);
        }

        WriteObject(content.Nodes, enumerateCollection: true);
        foreach (var sentence in content.Warnings)
        {
            WriteWarning(sentence); // last: it may be made to stop the pipeline, and the nodes are read
        }
    }
}
