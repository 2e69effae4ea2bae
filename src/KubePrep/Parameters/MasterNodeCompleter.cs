namespace KubePrep.Parameters;

/// <summary>Offers the same nodes as <see cref="NodeCompleter"/>, those of inventories by their names: that is how one of the run's is told.</summary>
public sealed class MasterNodeCompleter : NodeCompleter
{
    private protected override Suggestion Of(ImportedNode node, string? user) => new(node.Name, Origin(node)) { OtherNames = [node.Host] };
}
