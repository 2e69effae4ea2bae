using YamlDotNet.Core;

namespace KubePrep.Yaml.Editing;

/// <summary>A scalar; an empty plain one where nothing stands.</summary>
internal sealed class SyntaxScalar : SyntaxNode
{
    /// <summary>Its characters, without quotes and escapes.</summary>
    public required string Value { get; init; }

    /// <summary>How it is written.</summary>
    public required ScalarStyle Style { get; init; }

    /// <inheritdoc/>
    public override bool EndsInBlockScalar => Style is ScalarStyle.Literal or ScalarStyle.Folded;
}
