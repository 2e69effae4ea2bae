using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace KubePrep.Yaml.Editing;

/// <summary>Writes a value on the line of its key, quoted as the one before it was, if it can be.</summary>
internal static class ScalarText
{
    /// <summary>A key of no meaning: a value is written differently where it is the whole document.</summary>
    private const string Key = "key";

    /// <summary>The text of a value that has no lines of its own: a scalar, or something empty.</summary>
    /// <param name="value">The value.</param>
    /// <param name="style">How the value before was written.</param>
    /// <param name="isInFlow">Whether it stands within braces or brackets.</param>
    public static string Of(JsonNode? value, ScalarStyle style, bool isInFlow) =>
        value?.GetValueKind() == JsonValueKind.String ? Text(value.GetValue<string>(), style, isInFlow) : FlowText.Of(value);

    private static string Text(string value, ScalarStyle style, bool isInFlow) => style switch
    {
        ScalarStyle.DoubleQuoted => FlowText.Quoted(value),
        ScalarStyle.SingleQuoted when YamlString.StyleOf(value) != ScalarStyle.DoubleQuoted || YamlString.IsSomethingElse(value) =>
            $"'{value.Replace("'", "''", StringComparison.Ordinal)}'",
        _ when isInFlow => IsPlainAnywhere(value) ? value : FlowText.Quoted(value),
        _ => BlockText.Lines(new JsonObject { [Key] = value }) is [var line] ? line[(Key.Length + 2)..] : FlowText.Quoted(value),
    };

    /// <summary>Whether no character of the value, base64 for example, means anything in YAML.</summary>
    private static bool IsPlainAnywhere(string value) =>
        !YamlString.IsSomethingElse(value) && char.IsAsciiLetterOrDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || "+/=._-".Contains(c));
}
