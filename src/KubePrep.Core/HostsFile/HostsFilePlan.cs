using System.Security.Cryptography;
using KubePrep.Changes;
using KubePrep.Facts;
using KubePrep.Inventory;

namespace KubePrep.HostsFile;

/// <summary>What brings a node's hosts file to the map.</summary>
internal sealed class HostsFilePlan
{
    private HostsFilePlan(
        NodeFacts facts, HostsDocument after, HostsMap map, HostsDifference difference, IEnumerable<string> warnings, Func<Change, Change> adapt)
    {
        var content = after.ToBytes();
        var cloudInit = new CloudInitPlan(facts, after.Block);
        Changes = ManagedFile.IsWritten(facts, HostsDocument.FilePath, content)
            ? cloudInit.Changes
            : [adapt(ManagedFile.Write(StepName.HostsFile, facts, HostsDocument.FilePath, content, "it has not the nodes' names")), .. cloudInit.Changes];
        Difference = difference;
        Warnings = [.. warnings, .. HostsShadow.Warnings(after, map).Select(warning => $"{facts.Node}: {warning}."), .. cloudInit.Warnings];
        Document = after;
        Map = map;
    }

    /// <summary>What there is to do.</summary>
    public IReadOnlyList<Change> Changes { get; }

    /// <summary>How many addresses that adds, changes and removes.</summary>
    public HostsDifference Difference { get; }

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The map that it will have.</summary>
    public HostsMap Map { get; }

    /// <summary>The file as it will be.</summary>
    public HostsDocument Document { get; }

    /// <summary>Puts the map into a node's file, where the node's own name at 127.0.1.1 gives way to its address.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidHostsFile"/>.</exception>
    public static HostsFilePlan WithBlock(NodeFacts facts, NodeIdentity identity, HostsMap map, IEnumerable<string> warnings)
    {
        var before = HostsDocument.Of(facts);
        var after = before.WithoutLoopbackNames(identity.Names.ToHashSet(StringComparer.OrdinalIgnoreCase)).WithBlock(map.Block);
        return new HostsFilePlan(facts, after, map, map.ChangeFrom(before.BlockEntries), warnings, change => change);
    }

    /// <summary>Makes a node's file equal to that of another, which has the map.</summary>
    /// <exception cref="KubePrepException"><see cref="ErrorId.InvalidHostsFile"/>.</exception>
    public static HostsFilePlan Copy(NodeFacts facts, HostsFilePlan reference)
    {
        var difference = HostsMap.Of(reference.Document.Entries).ChangeFrom(HostsDocument.Of(facts).Entries);
        return new HostsFilePlan(facts, reference.Document, reference.Map, difference, [], WithOwnBackup);
    }

    /// <summary>A node's result.</summary>
    public HostsFileResult ToResult(Node node, HostsFileStatus status, TimeSpan duration) => new()
    {
        Node = node,
        Status = status,
        Added = Difference.Added,
        Changed = Difference.Changed,
        Removed = Difference.Removed,
        Duration = duration,
        Changes = Changes,
        Warnings = Warnings,
    };

    /// <summary>What copies replace is kept each time, as all of it goes; of other changes the first original is enough.</summary>
    private static Change WithOwnBackup(Change change) => change.ExpectedContent is { } replaced
        ? change with { BackupPath = $"{change.BackupPath}.{Convert.ToHexStringLower(SHA256.HashData(replaced.Span))[..16]}" }
        : change;
}
