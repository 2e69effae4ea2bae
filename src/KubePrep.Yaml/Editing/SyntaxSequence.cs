namespace KubePrep.Yaml.Editing;

/// <summary>A sequence.</summary>
internal sealed class SyntaxSequence : SyntaxNode
{
    /// <summary>Its items, as they stand.</summary>
    public required IReadOnlyList<SyntaxNode> Items { get; init; }

    /// <summary>Whether it is written in brackets.</summary>
    public required bool IsFlow { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => Items;

    /// <inheritdoc/>
    public override bool EndsInBlockScalar => !IsFlow && Items[^1].EndsInBlockScalar;
}
