using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubePrep.Files;

namespace KubePrep.Pki;

/// <summary>
/// One of cfssl's JSON documents. Keys are found in any case, as Go's decoder finds them; what is not understood is kept when the
/// document is written again.
/// </summary>
internal abstract class CfsslDocument(JsonObject root, string path)
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is no web page: a plus sign stays a plus sign
    };

    protected JsonObject Root => root;

    protected string Path => path;

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            Root.WriteTo(writer);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    protected static JsonObject ParseRoot(byte[] content, string path) =>
        StrictJson.Parse(content, fault => PkiErrors.MalformedJson(path, fault)) as JsonObject
        ?? throw PkiErrors.InvalidDocument(path, "", "it is not a JSON object");

    protected JsonObject? Object(JsonObject parent, string name) => Value<JsonObject>(parent, name, "an object");

    protected JsonArray? Array(JsonObject parent, string name) => Value<JsonArray>(parent, name, "a list");

    protected string? Text(JsonObject parent, string name) =>
        Value<JsonValue>(parent, name, "a string") is { } value ? TextOf(value, name) : null;

    protected int? Number(JsonObject parent, string name)
    {
        var value = Value<JsonValue>(parent, name, "a number");
        return value is null ? null : value.TryGetValue(out int number) ? number : throw PkiErrors.InvalidDocument(path, name, "it is not a whole number");
    }

    protected bool Flag(JsonObject parent, string name)
    {
        var value = Value<JsonValue>(parent, name, "true or false");
        return value is not null && (value.TryGetValue(out bool flag) ? flag : throw PkiErrors.InvalidDocument(path, name, "it is neither true nor false"));
    }

    protected IReadOnlyList<string> Texts(JsonObject parent, string name) =>
        [.. (Array(parent, name) ?? []).Select(item => item is JsonValue value ? TextOf(value, name) : throw NotText(name))];

    protected Lifetime? LifetimeOf(JsonObject parent, string name)
    {
        var text = Text(parent, name);
        try
        {
            return string.IsNullOrEmpty(text) ? null : Lifetime.Parse(text);
        }
        catch (KubePrepException e)
        {
            throw PkiErrors.InvalidDocument(path, name, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>How far a start is set back: five minutes where the document does not say, or says zero, as in cfssl.</summary>
    protected TimeSpan Backdate(JsonObject parent, Lifetime? expiry)
    {
        var text = Text(parent, "backdate") ?? "";
        var backdate = text.Length == 0 ? TimeSpan.Zero
            : Duration.Parse(text) ?? throw PkiErrors.InvalidDocument(path, "backdate", $"'{text}' is no duration such as '5m'");
        return backdate == TimeSpan.Zero ? CertificateIssuer.DefaultBackdate
            : backdate < (expiry?.Duration ?? Lifetime.Maximum) ? backdate
            : throw PkiErrors.InvalidDocument(path, "backdate", "it is not shorter than the expiry, so that certificates would be over as they begin");
    }

    /// <summary>Refuses settings that change what cfssl issues and that KubePrep does not carry out.</summary>
    protected void RefuseUnsupported(JsonObject parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!IsZero(parent[name]))
            {
                throw PkiErrors.InvalidDocument(path, name, "KubePrep does not support this setting");
            }
        }
    }

    private T? Value<T>(JsonObject parent, string name, string expected)
        where T : JsonNode =>
        parent[name] is not { } node ? null : node as T ?? throw PkiErrors.InvalidDocument(path, name, $"it is not {expected}");

    private string TextOf(JsonValue value, string name) => value.TryGetValue(out string? text) ? text : throw NotText(name);

    private KubePrepException NotText(string name) => PkiErrors.InvalidDocument(path, name, "it is not a string");

    /// <summary>Whether a setting is what Go takes for not set.</summary>
    private static bool IsZero(JsonNode? node) => node switch
    {
        null => true,
        JsonArray list => list.Count == 0,
        JsonObject section => section.All(entry => IsZero(entry.Value)),
        _ => node.ToJsonString() is "\"\"" or "0" or "false",
    };
}
