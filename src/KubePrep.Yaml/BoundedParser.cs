using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubePrep.Yaml;

/// <summary>
/// Refuses, while a document is parsed, what makes reading it dangerous: nesting so deep that building nodes out of it, which recurses,
/// would end the process; and, where no document needs them, references, of which a few lines can stand for millions.
/// </summary>
/// <param name="parser">The parser.</param>
/// <param name="allowsReferences">Whether anchors, aliases and tags may be used.</param>
/// <param name="error">Makes the error.</param>
internal sealed class BoundedParser(IParser parser, bool allowsReferences, Func<YamlFault, KubePrepException> error) : IParser
{
    private const int MaximumDepth = 100;

    private int _depth;

    /// <inheritdoc/>
    public ParsingEvent? Current => parser.Current;

    /// <summary>How far it has come.</summary>
    public Mark Position => Current?.End ?? Mark.Empty;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (!parser.MoveNext())
        {
            return false;
        }

        _depth += Current!.NestingIncrease;
        return _depth > MaximumDepth ? throw error(Fault("is nested too deep"))
            : !allowsReferences && IsReference(Current) ? throw error(Fault("has an anchor, alias or tag, which are not used here"))
            : true;
    }

    private static bool IsReference(ParsingEvent item) =>
        item is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false };

    private YamlFault Fault(string why) => new(Current!.Start.Line, Current.Start.Column, why);
}
