using System.Text;
using System.Text.Json.Nodes;
using KubePrep.Kubeconfig;

namespace KubePrep.Yaml.Editing;

/// <summary>
/// Edits a kubeconfig in its text, and hands the result out only if it says what was wanted when it is read again.
/// </summary>
/// <param name="parse">Parses a document's bytes and refuses what is no kubeconfig.</param>
/// <param name="path">The file, for messages.</param>
internal sealed class KubeconfigTextEditor(Func<byte[], SyntaxMapping> parse, string path)
{
    /// <summary>What kubectl writes for a kubeconfig that holds nothing.</summary>
    private static readonly string[] Empty =
        ["apiVersion: v1", "clusters: null", "contexts: null", "current-context: \"\"", "kind: Config", "preferences: {}", "users: null"];

    /// <summary>Applies edits.</summary>
    public byte[] Edit(byte[] content, IReadOnlyList<KubeconfigEdit> edits)
    {
        var isEmpty = IsEmpty(content);
        var start = isEmpty ? Begin(content) : content;
        var root = parse(start);
        var before = Model(root);
        var desired = (JsonObject)before.DeepClone();
        var model = new KubeconfigModel(desired, path);
        foreach (var edit in edits)
        {
            model.Apply(edit);
        }

        if (JsonNode.DeepEquals(before, desired))
        {
            return [.. start];
        }

        var mark = start.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.ToArray() : [];
        var text = new SourceText(Encoding.UTF8.GetString(start.AsSpan(mark.Length)), Refusal);
        new TextReconciler(text, Refusal).Reconcile(root, desired);
        byte[] result = [.. mark, .. Encoding.UTF8.GetBytes(text.Apply())];
        return Says(result, desired) ? result : throw Refusal("it is written in a way that is not understood well enough");
    }

    /// <summary>Whether the file holds no more than comments.</summary>
    public static bool IsEmpty(byte[] content)
    {
        var text = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(Encoding.UTF8.Preamble.Length) : content;
        foreach (var range in text.Split((byte)'\n'))
        {
            if (text[range].Trim(" \t\r"u8) is not ([] or [(byte)'#', ..]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Begin(byte[] content)
    {
        var newLine = content.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        var separator = content is [] or [.., (byte)'\n'] ? "" : newLine;
        return [.. content, .. Encoding.UTF8.GetBytes($"{separator}{string.Concat(Empty.Select(line => line + newLine))}")];
    }

    private bool Says(byte[] content, JsonObject desired)
    {
        try
        {
            return JsonNode.DeepEquals(Model(parse(content)), desired);
        }
        catch (KubePrepException)
        {
            return false;
        }
    }

    private JsonObject Model(SyntaxMapping root) => (JsonObject)KubectlView.Of(root, Refusal)!;

    private KubePrepException Refusal(string why) => KubeconfigErrors.NotEditable(path, why);
}
