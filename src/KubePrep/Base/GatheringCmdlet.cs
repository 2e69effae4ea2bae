using System.Collections.Concurrent;
using System.Management.Automation;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Base;

/// <summary>Asks every node something, and then works on all of them together.</summary>
public abstract class GatheringCmdlet : NodeCmdlet
{
    private readonly ConcurrentDictionary<Node, NodeFacts> _known = new();
    private readonly List<Node> _order = [];

    /// <summary>What the nodes have said already, as results of other cmdlets have it; such a node is not asked again.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [AllowNull]
    public NodeFacts? Facts { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var node in Node.Where(node => node == Facts?.Node))
        {
            _known[node] = Facts!;
        }

        base.ProcessRecord();
    }

    /// <summary>What a node has said already, or null.</summary>
    private protected NodeFacts? Known(Node node) => _known.GetValueOrDefault(node);

    /// <inheritdoc/>
    private protected override bool Accepts(Node node)
    {
        if (!IsWanted(node))
        {
            return false;
        }

        _order.Add(node);
        return true;
    }

    /// <summary>Whether a node is to be worked on; it may ask.</summary>
    private protected virtual bool IsWanted(Node node) => true;

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
            CompleteAll([.. _known.IsEmpty ? _order.AsEnumerable() : _order.OrderBy(node => node.Ordinal)], cancellation);
        }
        catch (KubePrepException e)
        {
            WriteError(Errors.From(e));
        }
    }

    /// <summary>Works on all nodes together, on the pipeline thread.</summary>
    private protected abstract void CompleteAll(IReadOnlyList<Node> nodes, CancellationToken cancellation);
}
