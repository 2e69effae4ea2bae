using System.Text;
using KubePrep.Kubeconfig;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubePrep.Yaml;

/// <summary>Kubeconfigs as YAML: written as kubectl 1.33 writes them, and read whoever wrote them.</summary>
public sealed class KubeconfigYaml : IKubeconfigSerializer
{
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
            using var text = new StreamReader(new MemoryStream(content), new UTF8Encoding(false, throwOnInvalidBytes: true));
            stream.Load(text);
        }
        catch (YamlException e)
        {
            // the exception's own words may quote the file, and the file holds a key
            throw KubeconfigErrors.Malformed(path, $"line {e.Start.Line}, column {e.Start.Column}, is not valid YAML");
        }
        catch (DecoderFallbackException)
        {
            throw KubeconfigErrors.Malformed(path, "it is not UTF-8 text");
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }]
            ? new KubeconfigReader(path).Read(root)
            : throw KubeconfigErrors.Malformed(path, "it is not one YAML mapping");
    }
}
