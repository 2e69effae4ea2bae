using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubePrep.Yaml.Editing;

/// <summary>
/// Finds where the nodes of a document stand in its text, which YamlDotNet's own nodes do not say of aliases and of the ends of blocks.
/// </summary>
/// <param name="text">The text of one document whose root is a mapping, without a byte order mark.</param>
/// <param name="error">Makes the error where the document cannot be used.</param>
internal sealed class SyntaxParser(string text, Func<YamlFault, KubePrepException> error)
{
    private readonly BoundedParser _parser = new(new Parser(new StringReader(text)), allowsReferences: true, error);
    private readonly Dictionary<AnchorName, SyntaxNode> _anchors = [];

    /// <exception cref="KubePrepException">It cannot be parsed, or an alias stands before its anchor, where kubectl knows none yet.</exception>
    public SyntaxMapping Parse()
    {
        try
        {
            _parser.Consume<StreamStart>();
            var start = _parser.Consume<DocumentStart>().Start;
            return Node() as SyntaxMapping ?? throw error(new YamlFault(start.Line, 0, "is not one YAML mapping"));
        }
        catch (YamlException e)
        {
            throw error(new YamlFault(e.Start.Line, e.Start.Column, "is not valid YAML"));
        }
    }

    private SyntaxNode Node() => _parser.Current switch
    {
        AnchorAlias => Alias(),
        SequenceStart => Sequence(),
        MappingStart => Mapping(),
        _ => Scalar(),
    };

    private SyntaxAlias Alias()
    {
        var alias = _parser.Consume<AnchorAlias>();
        return new SyntaxAlias
        {
            Start = Index(alias.Start),
            End = Index(alias.End),
            Target = _anchors.GetValueOrDefault(alias.Value)
                ?? throw error(new YamlFault(alias.Start.Line, alias.Start.Column, "is an alias of nothing that stands before it")),
        };
    }

    private SyntaxNode Scalar()
    {
        var scalar = _parser.Consume<Scalar>();
        return Register(scalar, new SyntaxScalar
        {
            Start = Index(scalar.Start),
            End = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded ? EndOfBlockScalar(scalar) : Index(scalar.End),
            HasAnchor = !scalar.Anchor.IsEmpty,
            Tag = TagOf(scalar),
            Value = scalar.Value,
            Style = scalar.Style,
        });
    }

    private SyntaxNode Sequence()
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<SyntaxNode>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(Node());
        }

        var end = _parser.Consume<SequenceEnd>();
        var isFlow = start.Style == SequenceStyle.Flow;
        return Register(start, new SyntaxSequence
        {
            Start = Index(start.Start),
            End = isFlow ? AfterBracket(end) : items[^1].End,
            HasAnchor = !start.Anchor.IsEmpty,
            Tag = TagOf(start),
            Items = items,
            IsFlow = isFlow,
        });
    }

    private SyntaxNode Mapping()
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<SyntaxEntry>();
        while (_parser.Current is not MappingEnd)
        {
            var line = _parser.Current!.Start.Line;
            var key = Node();
            entries.Add(new SyntaxEntry(key, NameOf(key) ?? throw error(new YamlFault(line, 0, "has a key that is no name")), Node()));
        }

        if (entries.Select(entry => entry.Name).Distinct().Count() < entries.Count)
        {
            throw error(new YamlFault(start.Start.Line, 0, "gives a key twice"));
        }

        var end = _parser.Consume<MappingEnd>();
        var isFlow = start.Style == MappingStyle.Flow;
        return Register(start, new SyntaxMapping
        {
            Start = Index(start.Start),
            End = isFlow ? AfterBracket(end) : Math.Max(entries[^1].Key.End, entries[^1].Value.End),
            HasAnchor = !start.Anchor.IsEmpty,
            Tag = TagOf(start),
            Entries = entries,
            IsFlow = isFlow,
        });
    }

    /// <summary>Only what is complete can be meant by an alias, so that none leads in a circle.</summary>
    private SyntaxNode Register(NodeEvent item, SyntaxNode node)
    {
        if (!item.Anchor.IsEmpty)
        {
            _anchors[item.Anchor] = node;
        }

        return node;
    }

    /// <summary>The end of a block scalar; YamlDotNet counts the empty lines after it, which are its own only if its header says so (+).</summary>
    private int EndOfBlockScalar(Scalar scalar)
    {
        var written = text.AsSpan(Index(scalar.Start), Index(scalar.End) - Index(scalar.Start));
        var header = written[..(written.IndexOfAny('\r', '\n') is >= 0 and var end ? end : written.Length)];
        var kept = header.Contains('+')
            ? written.EndsWith("\r\n") ? written[..^2] : written.EndsWith("\n") ? written[..^1] : written
            : written.TrimEnd(" \t\r\n");
        return Index(scalar.Start) + kept.Length;
    }

    private static string? NameOf(SyntaxNode key) => key switch
    {
        SyntaxScalar scalar => KubectlView.KeyOf(scalar),
        SyntaxAlias { Target: SyntaxScalar scalar } => KubectlView.KeyOf(scalar),
        _ => null,
    };

    private static string TagOf(NodeEvent item) => item.Tag.IsEmpty ? "" : item.Tag.IsNonSpecific ? "!" : item.Tag.Value;

    private static int AfterBracket(ParsingEvent end) => Index(end.Start) + 1;

    private static int Index(Mark mark) => (int)mark.Index;
}
