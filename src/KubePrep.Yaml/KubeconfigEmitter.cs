using KubePrep.Kubeconfig;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubePrep.Yaml;

/// <summary>
/// Emits a kubeconfig in kubectl's form: keys sorted at every level, lists sorted by name, two-space indent, and strings quoted where a
/// YAML 1.1 reader, which kubectl is, would take them for something else.
/// </summary>
internal sealed class KubeconfigEmitter(TextWriter text)
{
    private readonly Emitter _emitter = new(text);

    public void Emit(KubeconfigDocument document)
    {
        _emitter.Emit(new StreamStart());
        _emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Mapping(() =>
        {
            Entry("apiVersion", "v1");
            List("clusters", document.Clusters.OrderBy(c => c.Name, YamlString.ByBytes), Cluster);
            List("contexts", document.Contexts.OrderBy(c => c.Name, YamlString.ByBytes), Context);
            Entry("current-context", document.CurrentContext);
            Entry("kind", "Config");
            Key("preferences");
            _emitter.Emit(new MappingStart(null, null, true, MappingStyle.Flow));
            _emitter.Emit(new MappingEnd());
            List("users", document.Users.OrderBy(u => u.Name, YamlString.ByBytes), User);
        });
        _emitter.Emit(new DocumentEnd(isImplicit: true));
        _emitter.Emit(new StreamEnd());
    }

    private void Cluster(KubeconfigCluster cluster)
    {
        Key("cluster");
        Mapping(() =>
        {
            Data("certificate-authority-data", cluster.CertificateAuthorityData);
            Entry("server", cluster.Server);
        });
        Entry("name", cluster.Name);
    }

    private void Context(KubeconfigContext context)
    {
        Key("context");
        Mapping(() =>
        {
            Entry("cluster", context.Cluster);
            if (context.Namespace.Length > 0)
            {
                Entry("namespace", context.Namespace);
            }

            Entry("user", context.User);
        });
        Entry("name", context.Name);
    }

    private void User(KubeconfigUser user)
    {
        Entry("name", user.Name);
        Key("user");
        Mapping(() =>
        {
            Data("client-certificate-data", user.ClientCertificateData);
            Data("client-key-data", user.ClientKeyData);
        });
    }

    private void Mapping(Action content)
    {
        _emitter.Emit(new MappingStart(null, null, true, MappingStyle.Block));
        content();
        _emitter.Emit(new MappingEnd());
    }

    private void List<T>(string key, IEnumerable<T> items, Action<T> content)
    {
        Key(key);
        _emitter.Emit(new SequenceStart(null, null, true, SequenceStyle.Block));
        foreach (var item in items)
        {
            Mapping(() => content(item));
        }

        _emitter.Emit(new SequenceEnd());
    }

    private void Entry(string key, string value)
    {
        Key(key);
        _emitter.Emit(new Scalar(null, null, value, YamlString.StyleOf(value), true, true));
    }

    private void Data(string key, byte[]? file)
    {
        if (file is not null)
        {
            Entry(key, Convert.ToBase64String(file));
        }
    }

    private void Key(string key) => _emitter.Emit(new Scalar(key));
}
