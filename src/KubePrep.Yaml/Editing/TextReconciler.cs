using System.Text.Json.Nodes;

namespace KubePrep.Yaml.Editing;

/// <summary>Makes the text of a document say something else, by changing no more of it than what says so.</summary>
/// <param name="text">The text.</param>
/// <param name="error">Makes the error where it cannot be changed without harm.</param>
internal sealed class TextReconciler(SourceText text, Func<string, KubePrepException> error)
{
    private readonly BlockEditor _block = new(text);
    private readonly FlowEditor _flow = new(text);

    /// <summary>Collects in the text what has to be replaced.</summary>
    /// <param name="root">The document.</param>
    /// <param name="desired">What it is to say.</param>
    public void Reconcile(SyntaxMapping root, JsonObject desired)
    {
        RequireEditable(root);
        Mapping(root, desired);
    }

    private void Entry(SyntaxMapping parent, SyntaxEntry entry, JsonNode? desired)
    {
        if (Says(entry.Value, desired))
        {
            return;
        }

        switch (entry.Value, desired)
        {
            case (SyntaxMapping mapping, JsonObject wanted) when mapping.Entries.Any(e => wanted.ContainsKey(e.Name)):
                RequireEditable(mapping);
                Mapping(mapping, wanted);
                break;
            case (SyntaxSequence sequence, JsonArray wanted) when sequence.Items.Count > 0 && IsNamed(sequence, wanted):
                RequireEditable(sequence);
                Sequence(entry, sequence, wanted);
                break;
            default:
                RequireReplaceable(entry.Value);
                if (parent.IsFlow)
                {
                    _flow.ReplaceValue(entry.Value, desired);
                }
                else
                {
                    _block.ReplaceValue(entry, desired);
                }

                break;
        }
    }

    private void Mapping(SyntaxMapping mapping, JsonObject desired)
    {
        var kept = mapping.Entries.Where(e => desired.ContainsKey(e.Name)).ToList();
        var removed = mapping.Entries.Except(kept).ToList();
        var added = new JsonObject(desired.Where(e => mapping[e.Key] is null).Select(e => KeyValuePair.Create(e.Key, e.Value?.DeepClone())));
        kept.ForEach(entry => Entry(mapping, entry, desired[entry.Name]));
        removed.ForEach(entry => RequireReplaceable(entry.Key));
        removed.ForEach(entry => RequireReplaceable(entry.Value));

        // an embedded file takes the place of the path of one
        foreach (var entry in removed.Where(e => added.ContainsKey(EmbeddedName(e)) && e.Key is SyntaxScalar).ToList())
        {
            ReplaceEntry(mapping, entry, EmbeddedName(entry), added[EmbeddedName(entry)]);
            added.Remove(EmbeddedName(entry));
            removed.Remove(entry);
            kept.Add(entry);
        }

        if (mapping.IsFlow)
        {
            _flow.RemoveEntries(mapping, removed);
            _flow.AddEntries(mapping, [.. mapping.Entries.Where(kept.Contains)], added);
        }
        else
        {
            removed.ForEach(_block.RemoveEntry);
            _block.AddEntries(mapping, [.. mapping.Entries.Where(kept.Contains)], added);
        }
    }

    private void ReplaceEntry(SyntaxMapping mapping, SyntaxEntry entry, string name, JsonNode? value)
    {
        var key = (SyntaxScalar)entry.Key;
        text.Replace(key.Start, key.End, ScalarText.Of(name, key.Style, mapping.IsFlow));
        if (mapping.IsFlow)
        {
            _flow.ReplaceValue(entry.Value, value);
        }
        else
        {
            _block.ReplaceValue(entry, value);
        }
    }

    /// <summary>Changes, removes and adds items that are known by their names, in the order in which they stand.</summary>
    private void Sequence(SyntaxEntry entry, SyntaxSequence sequence, JsonArray desired)
    {
        var wanted = desired.OfType<JsonObject>().ToDictionary(item => NameOf(item)!);
        var kept = sequence.Items.Where(item => wanted.ContainsKey(NameOf(item)!)).ToList();
        var removed = sequence.Items.Except(kept).ToList();
        var names = sequence.Items.Select(NameOf).ToHashSet();
        var added = desired.Where(item => !names.Contains(NameOf(item))).ToList();
        if (kept.Count == 0 && added.Count > 0)
        {
            throw text.Refusal(sequence.Start, "begins a list of which nothing would stay");
        }

        removed.ForEach(RequireReplaceable);
        foreach (var item in kept.Where(item => !Says(item, wanted[NameOf(item)!])))
        {
            RequireEditable(item);
            Mapping((SyntaxMapping)item, wanted[NameOf(item)!]);
        }

        if (sequence.IsFlow)
        {
            EditFlow(sequence, kept, removed, added);
        }
        else
        {
            removed.ForEach(item => _block.RemoveItem(sequence, item));
            if (kept.Count == 0)
            {
                _block.MarkEmpty(entry);
            }
            else
            {
                _block.AddItems(sequence, kept[^1], added);
            }
        }
    }

    private void EditFlow(SyntaxSequence sequence, List<SyntaxNode> kept, List<SyntaxNode> removed, List<JsonNode?> added)
    {
        if (kept.Count == 0)
        {
            _flow.MarkEmpty(sequence);
        }
        else
        {
            _flow.RemoveItems(sequence, removed);
            _flow.AddItems(sequence, kept[^1], added);
        }
    }

    private static string EmbeddedName(SyntaxEntry entry) => $"{entry.Name}-data";

    private bool IsNamed(SyntaxSequence sequence, JsonArray desired) =>
        sequence.Items.All(item => NameOf(item) is not null) && sequence.Items.Select(NameOf).Distinct().Count() == sequence.Items.Count
        && desired.All(item => NameOf(item) is not null) && desired.Select(NameOf).Distinct().Count() == desired.Count
        && InOrder(sequence, desired);

    /// <summary>Whether what stays stands in the order in which it is wanted, and before what is added.</summary>
    private bool InOrder(SyntaxSequence sequence, JsonArray desired)
    {
        var wanted = desired.Select(NameOf).ToList();
        var kept = sequence.Items.Select(NameOf).Where(wanted.Contains).ToList();
        return wanted.Take(kept.Count).SequenceEqual(kept);
    }

    private string? NameOf(SyntaxNode item) => NameOf(KubectlView.Of(item, error));

    private static string? NameOf(JsonNode? item) =>
        item is JsonObject entry && entry["name"] is JsonValue name && name.TryGetValue(out string? value) ? value : null;

    private bool Says(SyntaxNode node, JsonNode? desired) => JsonNode.DeepEquals(KubectlView.Of(node, error), desired);

    /// <summary>Refuses to change within a node what aliases would change with it.</summary>
    private void RequireEditable(SyntaxNode node)
    {
        if (node is SyntaxAlias)
        {
            throw text.Refusal(node.Start, "is an alias, and what it stands for is used elsewhere too");
        }

        if (node.HasAnchor || node.Tag.Length > 0)
        {
            throw text.Refusal(node.Start, "has an anchor or a tag");
        }

        if (node is SyntaxMapping mapping && mapping.Entries.FirstOrDefault(e => e.Name == "<<") is { } merged)
        {
            throw text.Refusal(merged.Key.Start, "takes keys from elsewhere (<<)");
        }
    }

    /// <summary>Refuses to take away what aliases stand for.</summary>
    private void RequireReplaceable(SyntaxNode node)
    {
        if (node is SyntaxAlias || node.ContainsAnchor)
        {
            throw text.Refusal(node.Start, "has an anchor, or is an alias");
        }
    }
}
