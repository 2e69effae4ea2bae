namespace KubePrep.Yaml.Editing;

/// <summary>A key and its value in a mapping.</summary>
/// <param name="key">The key.</param>
/// <param name="name">The key's characters.</param>
/// <param name="value">The value.</param>
internal sealed class SyntaxEntry(SyntaxNode key, string name, SyntaxNode value)
{
    public SyntaxNode Key { get; } = key;

    public string Name { get; } = name;

    public SyntaxNode Value { get; } = value;
}
