using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Connections;
using KubePrep.HostsFile;
using KubePrep.Inventory;
using KubePrep.Parameters;

namespace KubePrep.Commands;

/// <summary>Gives every node the names of all: they are collected in the first control-plane node's hosts file, and sent to all.</summary>
[Cmdlet(VerbsData.Sync, "KpHostsFile", SupportsShouldProcess = true)]
[OutputType(typeof(HostsFileResult))]
public sealed class SyncKpHostsFileCommand : GatheringCmdlet
{
    private readonly Dictionary<Node, CollectedNode> _collected = [];
    private HostsFileEngine? _engine;
    private int _rows;

    /// <summary>Where the map is collected: a node's name, or where to connect to it; by default the first control-plane node.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MasterNodeCompleter))]
    public string? MasterNode { get; set; }

    /// <summary>How the map reaches the files: <c>Block</c> (default), or <c>Copy</c>, which makes each a copy of the master node's.</summary>
    [Parameter]
    public HostsFileMode Mode { get; set; }

    /// <summary>The map is sent although a node cannot be asked; its rows are kept.</summary>
    [Parameter]
    public SwitchParameter AllowPartial { get; set; }

    /// <summary>The rows of nodes that are not given are removed.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Synchronizing hosts files";

    /// <inheritdoc/>
    private protected override void Prepare(ConnectionOptions connection) => _engine = new HostsFileEngine(connection, new HostsFileRequest
    {
        MasterNode = MasterNode,
        Mode = Mode,
        AllowPartial = AllowPartial,
        Prune = Prune,
    });

    /// <inheritdoc/>
    private protected override bool IsWanted(Node node) => Proceeds("Synchronize the hosts file", node);

    /// <inheritdoc/>
    private protected override Action WorkOn(Node node, CancellationToken cancellation)
    {
        var answer = _engine!.Collect(node, Known(node), apply: !IsWhatIf, new NodeReporter(Report), cancellation);
        return () => _collected[node] = answer;
    }

    /// <inheritdoc/>
    private protected override void CompleteAll(IReadOnlyList<Node> nodes, CancellationToken cancellation)
    {
        var progress = new NodeReporter((node, activity) => ShowProgress(node, activity, _rows));
        _engine!.Complete([.. nodes.Select(node => _collected[node])], apply: !IsWhatIf, Write, progress, cancellation);
    }

    private void Write(HostsFileResult result)
    {
        _rows++;
        WriteResult(result, result.Warnings, result.Error);
    }
}
