using System.Text;
using System.Text.Unicode;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubePrep.Yaml;

/// <summary>Reads the text of a document into nodes, whatever bytes it is given.</summary>
internal static class YamlText
{
    /// <summary>How YamlDotNet's message about one begins; the exception has nothing else to know it by.</summary>
    private const string DuplicateKey = "Duplicate key ";

    /// <summary>The one mapping a document is.</summary>
    /// <param name="content">The document, in UTF-8.</param>
    /// <param name="allowsReferences">Whether anchors, aliases and tags may be used.</param>
    /// <param name="error">Makes the error where the document cannot be used.</param>
    /// <exception cref="KubePrepException">What <paramref name="error"/> makes of a fault.</exception>
    public static YamlMappingNode Read(byte[] content, bool allowsReferences, Func<YamlFault, KubePrepException> error)
    {
        using var text = new StreamReader(new MemoryStream(content), new UTF8Encoding(false, throwOnInvalidBytes: true));
        var parser = new BoundedParser(new Parser(text), allowsReferences, error);
        var stream = new YamlStream();
        try
        {
            stream.Load(parser);
        }
        catch (YamlException e)
        {
            var line = Within(content, e.Start.Line);
            throw error(e.Message.StartsWith(DuplicateKey, StringComparison.Ordinal)
                ? new YamlFault(line, e.Start.Column, "gives a key twice", e.Message[DuplicateKey.Length..])
                : new YamlFault(line, e.Start.Column, "is not valid YAML", e.Message));
        }
        catch (DecoderFallbackException)
        {
            throw error(new YamlFault(LineOfDamage(content), 0, "is not valid UTF-8"));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // the parser stumbles over some damage without saying where
            throw error(new YamlFault(Within(content, parser.Position.Line), 0, "is not valid YAML"));
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? root
            : throw error(new YamlFault(stream.Documents.LastOrDefault()?.RootNode.Start.Line ?? 1, 0, "is not one YAML mapping"));
    }

    /// <summary>The line, or the last one there is: the parser notices what is not closed after the end.</summary>
    private static long Within(byte[] content, long line) =>
        Math.Clamp(line, 1, 1 + content.AsSpan(0, Math.Max(0, content.Length - 1)).Count((byte)'\n'));

    /// <summary>Whether a node is null, however it is written.</summary>
    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };

    private static int LineOfDamage(byte[] content)
    {
        Utf8.ToUtf16(content, new char[content.Length], out var sound, out _, replaceInvalidSequences: false);
        return content.AsSpan(0, sound).Count((byte)'\n') + 1;
    }
}
