using System.Collections.Concurrent;
using System.Management.Automation;
using KubePrep.Base;
using KubePrep.Connections;
using KubePrep.Facts;
using KubePrep.HostsFile;
using KubePrep.Inventory;

namespace KubePrep.Commands;

/// <summary>Gives every node the names of all: they are collected in the first control-plane node's hosts file, and sent to all.</summary>
[Cmdlet(VerbsData.Sync, "KpHostsFile", SupportsShouldProcess = true)]
[OutputType(typeof(HostsFileResult))]
public sealed class SyncKpHostsFileCommand : NodeCmdlet
{
    private const string Action = "Synchronize the hosts file";
    private readonly ConcurrentDictionary<Node, NodeFacts> _known = new();
    private readonly Dictionary<Node, CollectedNode> _collected = [];
    private readonly List<Node> _order = [];
    private HostsFileEngine? _engine;
    private bool _isWhatIf;
    private int _rows;

    /// <summary>What the nodes have said already, as results of other cmdlets have it; such a node is not asked again.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [AllowNull]
    public NodeFacts? Facts { get; set; }

    /// <summary>Where the map is collected: a node's name, or where to connect to it; by default the first control-plane node.</summary>
    [Parameter]
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
    protected override void ProcessRecord()
    {
        foreach (var node in Node.Where(node => node == Facts?.Node))
        {
            _known[node] = Facts!;
        }

        base.ProcessRecord();
    }

    /// <inheritdoc/>
    private protected override void Prepare(ConnectionOptions connection) => _engine = new HostsFileEngine(connection, new HostsFileRequest
    {
        MasterNode = MasterNode,
        Mode = Mode,
        AllowPartial = AllowPartial,
        Prune = Prune,
    });

    /// <inheritdoc/>
    private protected override bool Accepts(Node node)
    {
        var proceed = ShouldProcess($"{Action}: {node}", $"{Action}: {node}?", MyInvocation.MyCommand.Name, out var reason);
        _isWhatIf = reason == ShouldProcessReason.WhatIf;
        if (proceed || _isWhatIf)
        {
            _order.Add(node);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    private protected override Action WorkOn(Node node, CancellationToken cancellation)
    {
        var answer = _engine!.Collect(node, _known.GetValueOrDefault(node), apply: !_isWhatIf, new NodeReporter(Report), cancellation);
        return () => _collected[node] = answer;
    }

    /// <inheritdoc/>
    private protected override void Complete(CancellationToken cancellation)
    {
        if (_order.Count == 0)
        {
            return;
        }

        try
        {
            // results of other cmdlets come in the order in which nodes were done, and not in that of the user's list
            var order = _known.IsEmpty ? _order.AsEnumerable() : _order.OrderBy(node => node.Ordinal);
            var progress = new NodeReporter((node, activity) => ShowProgress(node, activity, _rows));
            _engine!.Complete([.. order.Select(node => _collected[node])], apply: !_isWhatIf, Write, progress, cancellation);
        }
        catch (KubePrepException e)
        {
            WriteError(Errors.From(e));
        }
    }

    private void Write(HostsFileResult result)
    {
        _rows++;
        WriteResult(result, result.Warnings, result.Error);
    }
}
