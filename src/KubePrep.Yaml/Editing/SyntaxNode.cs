namespace KubePrep.Yaml.Editing;

/// <summary>A node of a document and where it stands in the text, counted in UTF-16 characters.</summary>
internal abstract class SyntaxNode
{
    /// <summary>Where it begins: at its anchor or tag if it has one; for a block sequence, at its first dash.</summary>
    public required int Start { get; init; }

    /// <summary>Where it ends: after its last character, comments and empty lines that follow not counted.</summary>
    public required int End { get; init; }

    /// <summary>Whether aliases can stand for it.</summary>
    public bool HasAnchor { get; init; }

    /// <summary>Its tag, such as <c>tag:yaml.org,2002:str</c>; empty if it has none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The nodes in it, keys among them.</summary>
    public virtual IEnumerable<SyntaxNode> Children => [];

    /// <summary>Whether aliases can stand for it, or for something in it.</summary>
    public bool ContainsAnchor => HasAnchor || Children.Any(child => child.ContainsAnchor);

    /// <summary>Whether its last character belongs to a block scalar, whose end depends on what follows.</summary>
    public virtual bool EndsInBlockScalar => false;
}
