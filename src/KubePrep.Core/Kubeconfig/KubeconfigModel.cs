using System.Text.Json.Nodes;

namespace KubePrep.Kubeconfig;

/// <summary>A kubeconfig as the JSON kubectl makes of it, unknown fields and all: how its lists are read, and what edits do to them.</summary>
/// <param name="root">The whole kubeconfig, whose lists hold only objects.</param>
/// <param name="path">The file, for messages.</param>
internal sealed class KubeconfigModel(JsonObject root, string path)
{
    /// <summary>The key under which a list's entries stand.</summary>
    public static string List(StanzaKind kind) => kind switch
    {
        StanzaKind.Cluster => "clusters",
        StanzaKind.Context => "contexts",
        _ => "users",
    };

    /// <summary>The key, beside an entry's name, under which its fields stand.</summary>
    public static string Word(StanzaKind kind) => kind switch
    {
        StanzaKind.Cluster => "cluster",
        StanzaKind.Context => "context",
        _ => "user",
    };

    /// <summary>Everything in the three lists.</summary>
    /// <exception cref="KubePrepException">A name is given twice in one list (<see cref="ErrorId.MalformedKubeconfig"/>).</exception>
    public IReadOnlyList<KubeconfigStanza> Stanzas()
    {
        var stanzas = Enum.GetValues<StanzaKind>()
            .SelectMany(kind => Entries(kind).Select(entry => new KubeconfigStanza(kind, entry)))
            .ToList();
        var twice = stanzas.GroupBy(s => (s.Kind, s.Name)).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? stanzas : throw KubeconfigErrors.Malformed(path, $"it has more than one {twice.First()}");
    }

    /// <summary>Does what an edit says.</summary>
    /// <exception cref="KubePrepException">What it is about is not there (<see cref="ErrorId.KubeconfigEntryNotFound"/>).</exception>
    public void Apply(KubeconfigEdit edit)
    {
        switch (edit)
        {
            case CertificateAuthorityEdit authority:
                Embed(Body(StanzaKind.Cluster, authority.Cluster), "certificate-authority", authority.Data);
                break;
            case ClientCertificateEdit certificate:
                var user = Body(StanzaKind.User, certificate.User);
                Embed(user, "client-certificate", certificate.Certificate);
                Embed(user, "client-key", certificate.Key);
                break;
            case AddStanzasEdit addition:
                foreach (var stanza in addition.Stanzas)
                {
                    ListOf(root, stanza.Kind).Add((JsonNode)stanza.Content.DeepClone());
                }

                break;
            case ReplaceStanzaEdit replacement:
                var list = ListOf(root, replacement.Stanza.Kind);
                list[list.IndexOf(Find(replacement.Stanza.Kind, replacement.Stanza.Name))] = replacement.Stanza.Content.DeepClone();
                break;
            case RemoveStanzaEdit removal:
                ListOf(root, removal.Kind).Remove(Find(removal.Kind, removal.Name));
                break;
            case CurrentContextEdit current:
                root["current-context"] = current.Name;
                break;
        }
    }

    private static JsonArray ListOf(JsonObject root, StanzaKind kind)
    {
        if (root[List(kind)] is not JsonArray list)
        {
            root[List(kind)] = list = [];
        }

        return list;
    }

    /// <summary>Embeds a file; a path beside it would be ignored by kubectl, and mislead people.</summary>
    private static void Embed(JsonObject body, string key, byte[] file)
    {
        body.Remove(key);
        body[$"{key}-data"] = Convert.ToBase64String(file);
    }

    private IEnumerable<JsonObject> Entries(StanzaKind kind) => (root[List(kind)] as JsonArray)?.OfType<JsonObject>() ?? [];

    private JsonObject Body(StanzaKind kind, string name)
    {
        var entry = Find(kind, name);
        if (entry[Word(kind)] is not JsonObject body)
        {
            entry[Word(kind)] = body = [];
        }

        return body;
    }

    private JsonObject Find(StanzaKind kind, string name) =>
        Entries(kind).FirstOrDefault(entry => (string?)entry["name"] == name)
        ?? throw KubeconfigErrors.EntryNotFound(path, Word(kind), [name], Entries(kind).Select(entry => (string?)entry["name"] ?? ""));
}
