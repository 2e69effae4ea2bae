namespace KubePrep.Yaml.Editing;

/// <summary>An alias, which stands for a node that was written before.</summary>
internal sealed class SyntaxAlias : SyntaxNode
{
    /// <summary>What it stands for.</summary>
    public required SyntaxNode Target { get; init; }
}
