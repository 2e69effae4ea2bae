using System.Text;
using KubePrep.Kubeconfig;

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
        var root = YamlText.Read(content, allowsReferences: true, fault => KubeconfigErrors.Malformed(path, Words(fault)));
        return new KubeconfigReader(path).Read(root);
    }

    /// <inheritdoc/>
    public byte[] Edit(byte[] content, IReadOnlyList<KubeconfigEdit> edits, string path)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(edits);
        var root = YamlText.Read(content, allowsReferences: true, fault => KubeconfigErrors.Malformed(path, Words(fault)));
        return new KubeconfigTextEditor(path).Edit(content, root, edits);
    }

    /// <summary>A fault without the parser's own words, which may quote the file, and the file holds a key.</summary>
    private static string Words(YamlFault fault) =>
        fault.Column == 0 ? $"line {fault.Line} {fault.Why}" : $"line {fault.Line}, column {fault.Column}, {fault.Why}";
}
