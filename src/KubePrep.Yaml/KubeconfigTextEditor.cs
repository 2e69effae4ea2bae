using System.Text;
using KubePrep.Kubeconfig;
using YamlDotNet.RepresentationModel;

namespace KubePrep.Yaml;

/// <summary>interim</summary>
internal sealed class KubeconfigTextEditor(string path)
{
    public byte[] Edit(byte[] content, YamlMappingNode root, IReadOnlyList<KubeconfigEdit> edits)
    {
        var text = Encoding.UTF8.GetString(content);
        var changes = new List<(int Start, int End, string Text)>();
        foreach (var edit in edits)
        {
            switch (edit)
            {
                case CertificateAuthorityEdit c:
                    changes.Add(Replace(Stanza(root, "clusters", "cluster", c.Cluster), "certificate-authority-data", c.Data));
                    break;
                case ClientCertificateEdit u:
                    changes.Add(Replace(Stanza(root, "users", "user", u.User), "client-certificate-data", u.Certificate));
                    changes.Add(Replace(Stanza(root, "users", "user", u.User), "client-key-data", u.Key));
                    break;
                default:
                    break;
            }
        }

        foreach (var (start, end, value) in changes.OrderByDescending(c => c.Start))
        {
            text = string.Concat(text.AsSpan(0, start), value, text.AsSpan(end));
        }

        return Encoding.UTF8.GetBytes(text);
    }

    private static YamlMappingNode Stanza(YamlMappingNode root, string list, string item, string name) =>
        (YamlMappingNode)((YamlSequenceNode)root[list]).Children.OfType<YamlMappingNode>().First(n => ((YamlScalarNode)n["name"]).Value == name)[item];

    private (int Start, int End, string Text) Replace(YamlMappingNode stanza, string key, byte[] data) =>
        stanza.Children.TryGetValue(new YamlScalarNode(key), out var node)
            ? ((int)node.Start.Index, (int)node.End.Index, Convert.ToBase64String(data))
            : throw KubeconfigErrors.Malformed(path, $"there is no {key}");
}
