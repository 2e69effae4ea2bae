using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.Preparation;

/// <summary>
/// What the nodes of a run call themselves. Each is compared with those probed before it, ahead of its first change, so that nobody waits
/// for the slowest.
/// </summary>
internal sealed class IdentityRegistry
{
    private readonly Lock _lock = new();
    private readonly List<NodeFacts> _probed = [];
    private readonly Dictionary<string, Node> _names = new(StringComparer.Ordinal);

    /// <summary>Takes a node's name for it.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidNode"/>: the name is to be set, and is missing or taken.</exception>
    public void Claim(Node node, bool setHostName)
    {
        if (!setHostName)
        {
            return;
        }

        if (string.IsNullOrEmpty(node.NodeName))
        {
            throw PreparationErrors.NodeNameMissing(node);
        }

        lock (_lock)
        {
            if (!_names.TryAdd(node.NodeName, node))
            {
                throw PreparationErrors.NodeNameTaken(node, _names[node.NodeName]);
            }
        }
    }

    /// <summary>What two machines should not have in common, and this node has with another.</summary>
    public IReadOnlyList<string> Compare(NodeFacts facts)
    {
        lock (_lock)
        {
            var warnings = _probed.SelectMany(other => IdentityChecks.Duplicates(other, facts)).ToList();
            _probed.Add(facts with { Files = new NodeFileCollection() }); // a thousand nodes' files are not needed for it
            return warnings;
        }
    }
}
