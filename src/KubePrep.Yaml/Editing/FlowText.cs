using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubePrep.Yaml.Editing;

/// <summary>
/// Writes JSON on one line, as JSON and YAML readers both take it; .NET's own writer has two escapes for one character beyond U+FFFF, which
/// YAML readers do not put together.
/// </summary>
internal static class FlowText
{
    private const string LineBreaks = "\u0085\u2028\u2029\ufeff";

    /// <summary>The text of a value.</summary>
    public static string Of(JsonNode? value) => value switch
    {
        JsonObject { Count: 0 } => "{}",
        JsonObject mapping => $"{{{string.Join(", ", mapping.OrderBy(e => e.Key, YamlString.ByBytes).Select(e => Entry(e.Key, e.Value)))}}}",
        JsonArray sequence => $"[{string.Join(", ", sequence.Select(Of))}]",
        not null when value.GetValueKind() == JsonValueKind.String => Quoted(value.GetValue<string>()),
        _ => value?.ToJsonString() ?? "null",
    };

    /// <summary>A key and its value.</summary>
    public static string Entry(string key, JsonNode? value) => $"{Quoted(key)}: {Of(value)}";

    /// <summary>A string in double quotes.</summary>
    public static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' or '\\' => text.Append('\\').Append(character),
                _ when char.IsControl(character) || LineBreaks.Contains(character) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        return text.Append('"').ToString();
    }
}
