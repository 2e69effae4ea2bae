using System.Text;
using KubePrep.Kubeconfig;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubePrep.Yaml;

/// <summary>Kubeconfigs as YAML: written as kubectl 1.33 writes them, and read whoever wrote them.</summary>
public sealed class KubeconfigYaml : IKubeconfigSerializer
{
    private const int MaximumDepth = 100;

    /// <inheritdoc/>
    public byte[] Write(KubeconfigDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var buffer = new MemoryStream();
        using (var text = new StreamWriter(buffer, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" })
        {
            new KubeconfigEmitter(text).Emit(document);
        }

        return buffer.ToArray();
    }

    /// <inheritdoc/>
    public KubeconfigDocument Read(byte[] content, string path)
    {
        ArgumentNullException.ThrowIfNull(content);
        var stream = new YamlStream();
        try
        {
            RequireShallow(content, path);
            using var text = TextOf(content);
            stream.Load(text);
        }
        catch (YamlException e)
        {
            // the exception's own words may quote the file, and the file holds a key
            throw KubeconfigErrors.Malformed(path, $"line {e.Start.Line}, column {e.Start.Column}, is not valid YAML");
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw KubeconfigErrors.Malformed(path, "it is not valid YAML"); // the parser stumbles over some damage without saying where
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? new KubeconfigReader(path).Read(root)
            : throw KubeconfigErrors.Malformed(path, "it is not one YAML mapping");
    }

    private static StreamReader TextOf(byte[] content) => new(new MemoryStream(content), new UTF8Encoding(false, throwOnInvalidBytes: true));

    /// <summary>Refuses nesting so deep that building nodes out of it, which recurses, would end the process.</summary>
    private static void RequireShallow(byte[] content, string path)
    {
        using var text = TextOf(content);
        var parser = new Parser(text);
        for (var depth = 0; parser.MoveNext();)
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaximumDepth)
            {
                throw KubeconfigErrors.Malformed(path, $"line {parser.Current.Start.Line} is nested too deep");
            }
        }
    }
}
