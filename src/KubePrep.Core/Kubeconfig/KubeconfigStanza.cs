using System.Text.Json.Nodes;

namespace KubePrep.Kubeconfig;

/// <summary>
/// A cluster, context or user of a kubeconfig with all its fields, those KubePrep does not know among them. May hold a token or a key, and
/// never prints them.
/// </summary>
public sealed class KubeconfigStanza
{
    internal KubeconfigStanza(StanzaKind kind, JsonObject content)
    {
        Kind = kind;
        Content = content;
    }

    /// <summary>Which list it is in.</summary>
    public StanzaKind Kind { get; }

    /// <summary>Its name, which no other entry of its list has.</summary>
    public string Name => Text(Content, "name");

    /// <summary>For a context, the cluster it names; else empty.</summary>
    public string Cluster => Kind == StanzaKind.Context ? Text(Body, "cluster") : "";

    /// <summary>For a context, the user it names; else empty.</summary>
    public string User => Kind == StanzaKind.Context ? Text(Body, "user") : "";

    /// <summary>The entry of the list, as kubectl makes JSON of it; not to be changed.</summary>
    internal JsonObject Content { get; }

    /// <summary>What stands beside the name, under <c>cluster</c>, <c>context</c> or <c>user</c>; null if nothing does.</summary>
    private JsonObject? Body => BodyOf(Content);

    /// <summary>The kind and the name alone.</summary>
    public override string ToString() => $"{KubeconfigModel.Word(Kind)} {Name}";

    /// <summary>Whether it says the same; the order of keys and the way it is written do not count.</summary>
    internal bool SaysTheSameAs(KubeconfigStanza other) => Kind == other.Kind && JsonNode.DeepEquals(Content, other.Content);

    /// <summary>The same under another name.</summary>
    internal KubeconfigStanza Named(string name) => With(content => content["name"] = name);

    /// <summary>The same context of another cluster and user.</summary>
    internal KubeconfigStanza Of(string cluster, string user) => With(content =>
    {
        Rename(BodyOf(content), "cluster", cluster);
        Rename(BodyOf(content), "user", user);
    });

    /// <summary>The same with its files' paths, which are relative to the directory of the kubeconfig, made absolute as kubectl does.</summary>
    internal KubeconfigStanza Anchored(string directory) => With(content =>
    {
        foreach (var key in Kind switch
        {
            StanzaKind.Cluster => ["certificate-authority"],
            StanzaKind.User => ["client-certificate", "client-key", "tokenFile"],
            _ => Array.Empty<string>(),
        })
        {
            Resolve(BodyOf(content), key, directory);
        }

        // a command without a slash is looked for in PATH
        if (Kind == StanzaKind.User && BodyOf(content)?["exec"] is JsonObject exec && Text(exec, "command").Contains('/', StringComparison.Ordinal))
        {
            Resolve(exec, "command", directory);
        }
    });

    private static string Text(JsonObject? parent, string key) => (string?)(parent?[key] as JsonValue) ?? "";

    private static void Rename(JsonObject? parent, string key, string name)
    {
        if (parent is not null && Text(parent, key) != name)
        {
            parent[key] = name;
        }
    }

    private static void Resolve(JsonObject? parent, string key, string directory)
    {
        if (parent?[key] is JsonValue value && value.TryGetValue(out string? path) && path.Length > 0 && !Path.IsPathRooted(path))
        {
            parent[key] = Path.GetFullPath(Path.Join(directory, path));
        }
    }

    private JsonObject? BodyOf(JsonObject content) => content[KubeconfigModel.Word(Kind)] as JsonObject;

    private KubeconfigStanza With(Action<JsonObject> change)
    {
        var content = (JsonObject)Content.DeepClone();
        change(content);
        return new KubeconfigStanza(Kind, content);
    }
}
