using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace KubePrep.Yaml.Editing;

/// <summary>Changes mappings and sequences whose structure is their indentation.</summary>
internal sealed class BlockEditor(SourceText text)
{
    private const int IndentWidth = 2;

    /// <summary>Puts another value in the place of one.</summary>
    public void ReplaceValue(SyntaxEntry entry, JsonNode? value)
    {
        var (key, old) = (entry.Key, entry.Value);
        var colon = AfterColon(entry);
        var isInline = value is not (JsonObject { Count: > 0 } or JsonArray { Count: > 0 });
        if (old is SyntaxMapping { IsFlow: false } or SyntaxSequence { IsFlow: false })
        {
            RequireOwnLine(old.Start);
            if (isInline)
            {
                text.Insert(colon, $" {ScalarText.Of(value, ScalarStyle.Any, isInFlow: false)}");
                text.RemoveLines(old.Start, old.End);
            }
            else
            {
                text.Replace(old.Start, old.End, Indented(BlockText.Lines(value), text.Column(old.Start)));
            }
        }
        else if (isInline)
        {
            // the quotes of an empty string are no habit
            var written = ScalarText.Of(value, old is SyntaxScalar { Value.Length: > 0, Style: var style } ? style : ScalarStyle.Any, isInFlow: false);
            if (old.Start == old.End)
            {
                text.Insert(colon, $" {written}");
            }
            else
            {
                text.Replace(old.Start, old.End, written);
            }
        }
        else
        {
            text.Remove(colon, Math.Max(colon, old.End));
            var indent = text.Column(key.Start) + (value is JsonObject ? IndentWidth : 0);
            text.Insert(text.LineEnd(Math.Max(colon, old.End)), $"{NewLine(indent)}{Indented(BlockText.Lines(value), indent)}");
        }
    }

    /// <summary>Adds entries to a mapping, after the last one that stays.</summary>
    public void AddEntries(SyntaxMapping mapping, IReadOnlyList<SyntaxEntry> kept, JsonObject added)
    {
        if (added.Count == 0)
        {
            return;
        }

        var indent = text.Column(mapping.Entries[0].Key.Start);
        var lines = Indented(BlockText.Lines(added), indent);
        // where a block scalar ends depends on what follows it, so that nothing is put there
        if (kept.LastOrDefault(entry => !entry.Value.EndsInBlockScalar) is { } last)
        {
            text.Insert(text.LineEnd(Math.Max(AfterColon(last), last.Value.End)), $"{NewLine(indent)}{lines}");
        }
        else
        {
            text.Insert(kept[0].Key.Start, $"{lines}{NewLine(indent)}");
        }
    }

    /// <summary>Removes an entry of a mapping with its lines.</summary>
    public void RemoveEntry(SyntaxEntry entry)
    {
        RequireOwnLine(entry.Key.Start);
        text.RemoveLines(entry.Key.Start, Math.Max(AfterColon(entry), entry.Value.End));
    }

    /// <summary>Adds items to a sequence, after the last one that stays and the comments that are indented as a part of it.</summary>
    public void AddItems(SyntaxSequence sequence, SyntaxNode lastKept, IReadOnlyList<JsonNode?> added)
    {
        if (added.Count > 0)
        {
            var indent = text.Column(sequence.Start);
            var lines = BlockText.Lines(new JsonArray([.. added.Select(item => item?.DeepClone())]));
            text.Insert(text.LineEnd(EndOfItem(sequence, lastKept)), $"{NewLine(indent)}{Indented(lines, indent)}");
        }
    }

    /// <summary>Removes an item of a sequence with its lines, and the comments that belong to it: those in it, and those directly above its dash.</summary>
    public void RemoveItem(SyntaxSequence sequence, SyntaxNode item)
    {
        var column = text.Column(sequence.Start);
        var start = LineOfDash(sequence, item);
        while (start > 0 && text.LineStart(start - 1) is var above && text.CommentColumn(above) == column)
        {
            start = above;
        }

        text.RemoveLines(start, EndOfItem(sequence, item));
    }

    /// <summary>Says in place of a sequence's items, all of which are removed, that there are none.</summary>
    public void MarkEmpty(SyntaxEntry entry) => text.Insert(AfterColon(entry), " []");

    /// <summary>The position behind an entry's colon.</summary>
    private int AfterColon(SyntaxEntry entry)
    {
        var colon = entry.Key.End;
        while (colon < text.Length && text[colon] is ' ' or '\t')
        {
            colon++;
        }

        return colon < text.Length && text[colon] == ':' ? colon + 1 : throw text.Refusal(entry.Key.Start, "has a key whose colon stands apart");
    }

    private int EndOfItem(SyntaxSequence sequence, SyntaxNode item)
    {
        var (end, column) = (item.End, text.Column(sequence.Start));
        while (text.NextLine(end) is var below && below < text.Length && text.CommentColumn(below) > column)
        {
            end = text.LineEnd(below);
        }

        return end;
    }

    private int LineOfDash(SyntaxSequence sequence, SyntaxNode item)
    {
        var column = text.Column(sequence.Start);
        var line = text.LineStart(item.Start);
        while (line > sequence.Start && !(line + column < text.Length && text[line + column] == '-' && text.IsBlank(line, line + column)))
        {
            line = text.LineStart(line - 1);
        }

        RequireOwnLine(line + column);
        return line;
    }

    private void RequireOwnLine(int position)
    {
        if (!text.IsFirstInLine(position))
        {
            throw text.Refusal(position, "holds more than what has to be changed");
        }
    }

    private string NewLine(int indent) => $"{text.NewLine}{new string(' ', indent)}";

    private string Indented(IEnumerable<string> lines, int indent) => string.Join(NewLine(indent), lines);
}
