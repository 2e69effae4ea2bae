namespace KubePrep.Yaml.Editing;

/// <summary>A mapping.</summary>
internal sealed class SyntaxMapping : SyntaxNode
{
    /// <summary>Its entries, as they stand.</summary>
    public required IReadOnlyList<SyntaxEntry> Entries { get; init; }

    /// <summary>Whether it is written in braces.</summary>
    public required bool IsFlow { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children => Entries.SelectMany(entry => new[] { entry.Key, entry.Value });

    /// <inheritdoc/>
    public override bool EndsInBlockScalar => !IsFlow && Entries[^1].Value.EndsInBlockScalar;

    /// <summary>The entry of a key, or null.</summary>
    public SyntaxEntry? this[string name] => Entries.FirstOrDefault(entry => entry.Name == name);
}
