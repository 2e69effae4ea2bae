using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubePrep.Pki;

/// <summary>
/// One of cfssl's JSON documents. Keys are found in any case, as Go's decoder finds them; what is not understood is kept when the
/// document is written again.
/// </summary>
internal abstract class CfsslDocument(JsonObject root, string path)
{
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };
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

    protected static JsonObject ParseRoot(byte[] content, string path)
    {
        try
        {
            return JsonNode.Parse(content, AnyCase, NoDuplicates) as JsonObject ?? throw PkiErrors.InvalidDocument(path, "", "it is not a JSON object");
        }
        catch (JsonException e)
        {
            throw PkiErrors.MalformedJson(path, e);
        }
    }

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
            throw PkiErrors.InvalidDocument(path, name, e.Message);
        }
    }

    /// <summary>How far a start is set back: five minutes where the document does not say, as in cfssl.</summary>
    protected TimeSpan Backdate(JsonObject parent)
    {
        var text = Text(parent, "backdate");
        return string.IsNullOrEmpty(text)
            ? CertificateIssuer.DefaultBackdate
            : Duration.Parse(text) ?? throw PkiErrors.InvalidDocument(path, "backdate", $"'{text}' is no duration such as '5m'");
    }

    /// <summary>Refuses settings that change what cfssl issues and that KubePrep does not carry out.</summary>
    protected void RefuseUnsupported(JsonObject parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parent[name] is not (null or JsonArray { Count: 0 }))
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
}
