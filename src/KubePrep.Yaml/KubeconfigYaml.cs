using System.Text;
using System.Text.Json.Nodes;
using KubePrep.Kubeconfig;
using KubePrep.Yaml.Editing;

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
    public KubeconfigStanzas ReadStanzas(byte[] content, string path)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (KubeconfigTextEditor.IsEmpty(content))
        {
            return new KubeconfigStanzas([], "");
        }

        var syntax = Parse(content, path);
        PlainSyntax.Require(syntax, Text(content), why => KubeconfigErrors.NotEditable(path, why));
        var model = Model(syntax, path);
        return KubeconfigSchema.Fault(model) is { } fault
            ? throw KubeconfigErrors.Malformed(path, $"{fault[1..]}, and kubectl refuses the whole file for that")
            : new KubeconfigStanzas(new KubeconfigModel(model, path).Stanzas(), Read(content, path).CurrentContext);
    }

    /// <inheritdoc/>
    public byte[] Edit(byte[] content, IReadOnlyList<KubeconfigEdit> edits, string path)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(edits);
        return new KubeconfigTextEditor(bytes => Parse(bytes, path), path).Edit(content, edits);
    }

    /// <summary>The text of a file, without a byte order mark.</summary>
    private static string Text(byte[] content) => Encoding.UTF8.GetString(
        content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(Encoding.UTF8.Preamble.Length) : content);

    private static JsonObject Model(SyntaxMapping root, string path) =>
        (JsonObject)KubectlView.Of(root, why => KubeconfigErrors.Malformed(path, why))!;

    /// <summary>Finds where everything stands in a kubeconfig that can be read, and in which every name is given once.</summary>
    private SyntaxMapping Parse(byte[] content, string path)
    {
        Read(content, path);
        var root = new SyntaxParser(Text(content), fault => KubeconfigErrors.Malformed(path, Words(fault))).Parse();
        new KubeconfigModel(Model(root, path), path).Stanzas();
        return root;
    }

    /// <summary>A fault without the parser's own words, which may quote the file, and the file holds a key.</summary>
    private static string Words(YamlFault fault) =>
        fault.Column == 0 ? $"line {fault.Line} {fault.Why}" : $"line {fault.Line}, column {fault.Column}, {fault.Why}";
}
