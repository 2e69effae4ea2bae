using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace KubePrep.Yaml.Editing;

/// <summary>Changes mappings and sequences in braces and brackets, JSON among them.</summary>
internal sealed class FlowEditor(SourceText text)
{
    /// <summary>Puts another value in the place of one.</summary>
    public void ReplaceValue(SyntaxNode old, JsonNode? value)
    {
        var written = ScalarText.Of(value, (old as SyntaxScalar)?.Style ?? ScalarStyle.Any, isInFlow: true);
        text.Replace(old.Start, old.End, old.Start == old.End ? $" {written}" : written);
    }

    /// <summary>Adds entries to a mapping, after the last one that stays.</summary>
    public void AddEntries(SyntaxMapping mapping, IReadOnlyList<SyntaxEntry> kept, JsonObject added) =>
        Add(
            mapping,
            mapping.Entries[0].Key.Start,
            EndOf(kept[^1]),
            added.OrderBy(entry => entry.Key, YamlString.ByBytes).Select(entry => FlowText.Entry(entry.Key, entry.Value)));

    /// <summary>Adds items to a sequence, after the last one that stays.</summary>
    public void AddItems(SyntaxSequence sequence, SyntaxNode lastKept, IReadOnlyList<JsonNode?> added) =>
        Add(sequence, sequence.Items[0].Start, lastKept.End, added.Select(FlowText.Of));

    /// <summary>Removes entries of a mapping, of which at least one stays.</summary>
    public void RemoveEntries(SyntaxMapping mapping, IReadOnlyList<SyntaxEntry> removed) =>
        Remove([.. mapping.Entries.Select(entry => (entry.Key.Start, EndOf(entry), removed.Contains(entry)))]);

    /// <summary>Removes items of a sequence, of which at least one stays.</summary>
    public void RemoveItems(SyntaxSequence sequence, IReadOnlyList<SyntaxNode> removed) =>
        Remove([.. sequence.Items.Select(item => (item.Start, item.End, removed.Contains(item)))]);

    /// <summary>Says in place of a sequence's items, all of which are removed, that there are none.</summary>
    public void MarkEmpty(SyntaxSequence sequence) => text.Replace(sequence.Start, sequence.End, "[]");

    private static int EndOf(SyntaxEntry entry) => Math.Max(entry.Key.End, entry.Value.End);

    /// <summary>Adds parts; on lines of their own, if the first one that is there is on one.</summary>
    private void Add(SyntaxNode node, int firstPart, int position, IEnumerable<string> parts)
    {
        var separator = text.IsBlank(node.Start + 1, firstPart) && text[(node.Start + 1)..firstPart] is var space && space.Contains('\n', StringComparison.Ordinal)
            ? $",{text.NewLine}{text[text.LineStart(firstPart)..firstPart]}"
            : ", ";
        text.Insert(position, string.Concat(parts.Select(part => separator + part)));
    }

    /// <summary>Removes parts and a comma with each: the one before it, or behind it if nothing before it stays.</summary>
    private void Remove(IReadOnlyList<(int Start, int End, bool IsRemoved)> parts)
    {
        var hasKept = false;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (!part.IsRemoved)
            {
                hasKept = true;
            }
            else if (hasKept)
            {
                var comma = Comma(parts[i - 1].End);
                if (text.IsBlank(comma + 1, part.Start))
                {
                    text.Remove(comma, part.End);
                }
                else
                {
                    text.Remove(comma, comma + 1); // a comment stands between them, and stays
                    text.Remove(part.Start, part.End);
                }
            }
            else
            {
                var next = Comma(part.End) + 1;
                text.Remove(part.Start, part.End);
                text.Remove(next - 1, text.IsBlank(next, parts[i + 1].Start) ? parts[i + 1].Start : next);
            }
        }
    }

    private int Comma(int position) => text.SkipBlank(position) is var comma && comma < text.Length && text[comma] == ','
        ? comma
        : throw text.Refusal(position, "has no comma where one is looked for");
}
