using KubePrep.Kubeconfig;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubePrep.Yaml;

/// <summary>Makes a kubeconfig of a YAML mapping. Messages name keys and lines, never values.</summary>
internal sealed class KubeconfigReader(string path)
{
    private static readonly string[] ClusterKeys = ["server", "certificate-authority-data"];
    private static readonly string[] UserKeys = ["client-certificate-data", "client-key-data"];

    public KubeconfigDocument Read(YamlMappingNode root)
    {
        if (Text(root, "kind") is not ("Config" or "") || Text(root, "apiVersion") is not ("v1" or ""))
        {
            throw KubeconfigErrors.Malformed(path, "its kind is not Config, or its apiVersion not v1");
        }

        return new KubeconfigDocument(
            Stanzas(root, "clusters", "cluster", (name, cluster) => new KubeconfigCluster(
                name,
                Text(cluster, "server"),
                Data(cluster, "certificate-authority-data")) { OtherSettings = OtherKeys(cluster, ClusterKeys) }),
            Stanzas(root, "contexts", "context", (name, context) => new KubeconfigContext(
                name,
                Text(context, "cluster"),
                Text(context, "user")) { Namespace = Text(context, "namespace") }),
            Stanzas(root, "users", "user", (name, user) => new KubeconfigUser(
                name,
                Data(user, "client-certificate-data"),
                Data(user, "client-key-data")) { OtherSettings = OtherKeys(user, UserKeys) }),
            Text(root, "current-context"));
    }

    private static List<string> OtherKeys(YamlMappingNode stanza, string[] known) =>
        [.. stanza.Children.Where(entry => IsSet(entry.Value)).Select(entry => (entry.Key as YamlScalarNode)?.Value ?? "").Except(known)];

    private static bool IsSet(YamlNode value) => value is not YamlScalarNode { Value: null or "" or "false" };

    private List<T> Stanzas<T>(YamlMappingNode root, string list, string item, Func<string, YamlMappingNode, T> make)
    {
        var stanzas = new List<T>();
        foreach (var entry in Child<YamlSequenceNode>(root, list) ?? [])
        {
            var stanza = entry as YamlMappingNode ?? throw Misplaced(entry, list);
            stanzas.Add(make(Text(stanza, "name"), Child<YamlMappingNode>(stanza, item) ?? []));
        }

        return stanzas;
    }

    private string Text(YamlMappingNode parent, string key)
    {
        var scalar = Child<YamlScalarNode>(parent, key);
        return scalar is { Style: ScalarStyle.Plain, Value: { } value } && YamlString.IsSomethingElse(value)
            ? throw KubeconfigErrors.Malformed(path, $"'{key}', at line {scalar.Start.Line}, is no string unless it is quoted")
            : scalar?.Value ?? "";
    }

    private byte[]? Data(YamlMappingNode parent, string key)
    {
        var text = Text(parent, key);
        var bytes = new byte[text.Length];
        return text.Length == 0 ? null
            : Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written]
            : throw KubeconfigErrors.Malformed(path, $"{key}, at line {parent.Start.Line}, is not base64");
    }

    private T? Child<T>(YamlMappingNode parent, string key)
        where T : YamlNode
    {
        return !parent.Children.TryGetValue(new YamlScalarNode(key), out var child) || YamlText.IsNull(child) ? null
            : child as T ?? throw Misplaced(child, key);
    }

    private KubePrepException Misplaced(YamlNode node, string key) =>
        KubeconfigErrors.Malformed(path, $"'{key}', at line {node.Start.Line}, is not of the right kind");
}
