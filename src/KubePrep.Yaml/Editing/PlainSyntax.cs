using YamlDotNet.Core;

namespace KubePrep.Yaml.Editing;

/// <summary>
/// Refuses what would mean something else in another file: keys that a mapping takes from elsewhere, and tags, by which a value is not what it
/// looks like.
/// </summary>
internal static class PlainSyntax
{
    private const string StringTag = "tag:yaml.org,2002:str";

    /// <summary>Requires that of a node and all in it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="text">The text in which it stands.</param>
    /// <param name="error">Makes the error.</param>
    public static void Require(SyntaxNode node, string text, Func<string, KubePrepException> error)
    {
        if (node is SyntaxMapping mapping && mapping.Entries.FirstOrDefault(entry => entry.Key is SyntaxScalar { Style: ScalarStyle.Plain, Value: "<<" }) is { } merged)
        {
            throw error($"line {LineOf(merged.Key, text)} takes keys from elsewhere (<<)");
        }

        if (node is SyntaxScalar { Tag: not ("" or StringTag) })
        {
            throw error($"line {LineOf(node, text)} has a tag");
        }

        foreach (var child in node.Children)
        {
            Require(child, text, error);
        }
    }

    private static int LineOf(SyntaxNode node, string text) => 1 + text.AsSpan(0, node.Start).Count('\n');
}
