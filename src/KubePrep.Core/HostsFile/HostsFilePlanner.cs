using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>Plans a run: what master 0's file is to hold, and what the others' are. It has no effect and asks nobody.</summary>
/// <param name="request">What is wanted.</param>
/// <param name="identities">The nodes of the run.</param>
/// <param name="absent">Those that could not be asked.</param>
internal sealed class HostsFilePlanner(HostsFileRequest request, IReadOnlyList<NodeIdentity> identities, IReadOnlyList<Node> absent)
{
    /// <summary>What is to be done on master 0: the nodes' rows come into those its block has.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidHostsFile"/>.</exception>
    public HostsFilePlan ForMaster(NodeFacts facts, NodeIdentity identity)
    {
        var existing = HostsDocument.Of(facts).BlockEntries;
        var reduction = HostsMapReducer.Reduce(existing, identities, absent, request.Prune);
        return HostsFilePlan.WithBlock(facts, identity, reduction.Map, Notes(reduction));
    }

    /// <summary>What is to be done on another node.</summary>
    /// <param name="facts">The node.</param>
    /// <param name="identity">Its names.</param>
    /// <param name="reference">What master 0's file holds.</param>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidHostsFile"/>.</exception>
    public HostsFilePlan ForNode(NodeFacts facts, NodeIdentity identity, HostsFilePlan reference) => request.Mode == HostsFileMode.Copy
        ? HostsFilePlan.Copy(facts, reference)
        : HostsFilePlan.WithBlock(facts, identity, reference.Map, []);

    private static IEnumerable<string> Notes(HostsReduction reduction) =>
    [
        .. reduction.Kept.Select(row => $"The hosts map keeps the row '{row}', which is of no node of this run; -Prune (--prune) removes it."),
        .. reduction.Previous.Select(row => $"The hosts map keeps the row '{row}' of a node that could not be asked."),
        .. reduction.Refused.Select(row => $"The hosts map drops '{row}', which no node can be called or found by."),
        .. reduction.Missing.Select(node => $"The hosts map has no row of '{node}', which could not be asked."),
    ];
}
