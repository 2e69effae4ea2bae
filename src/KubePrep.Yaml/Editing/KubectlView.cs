using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace KubePrep.Yaml.Editing;

/// <summary>What kubectl makes of a document: JSON, after the rules of YAML 1.1.</summary>
/// <param name="error">Makes the error where aliases stand for more than any kubeconfig holds.</param>
internal sealed class KubectlView(Func<string, KubePrepException> error)
{
    /// <summary>More than a file of the largest size that is read can hold, if its aliases do not multiply.</summary>
    private const int MaximumNodes = 1 << 20;

    private static readonly HashSet<string> Nulls = ["", "~", "null", "Null", "NULL"];
    private static readonly HashSet<string> Trues = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
    private static readonly HashSet<string> Falses = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];
    private int _nodes;

    /// <summary>The JSON of a node.</summary>
    public static JsonNode? Of(SyntaxNode node, Func<string, KubePrepException> error) => new KubectlView(error).Of(node);

    /// <summary>The key that a scalar is in JSON, where a bare <c>on</c>, for example, is <c>true</c>.</summary>
    public static string KeyOf(SyntaxScalar key) => Scalar(key) switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        var value => value?.ToJsonString() ?? "null",
    };

    private JsonNode? Of(SyntaxNode node)
    {
        if (++_nodes > MaximumNodes)
        {
            throw error("its aliases stand for more than a kubeconfig holds");
        }

        return node switch
        {
            SyntaxAlias alias => Of(alias.Target),
            SyntaxMapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Name, Of(entry.Value)))),
            SyntaxSequence sequence => new JsonArray([.. sequence.Items.Select(Of)]),
            _ => Scalar((SyntaxScalar)node),
        };
    }

    private static JsonNode? Scalar(SyntaxScalar scalar) =>
        scalar is { Style: ScalarStyle.Plain, Tag: "" } ? Plain(scalar.Value) : JsonValue.Create(scalar.Value);

    private static JsonNode? Plain(string value) =>
        Nulls.Contains(value) ? null
        : Trues.Contains(value) ? JsonValue.Create(true)
        : Falses.Contains(value) ? JsonValue.Create(false)
        : Number(value) ?? JsonValue.Create(value);

    /// <summary>A number; null for a string, which YAML 1.1's times and sexagesimal numbers are to Go.</summary>
    private static JsonNode? Number(string value)
    {
        if (!YamlString.IsSomethingElse(value) || value.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var digits = value.Replace("_", "", StringComparison.Ordinal);
        var (sign, magnitude) = digits[0] switch
        {
            '-' => ("-", digits[1..]),
            '+' => ("", digits[1..]),
            _ => ("", digits),
        };
        return Integer(magnitude) is { } integer ? JsonNode.Parse(sign + integer.ToString(CultureInfo.InvariantCulture))
            : double.TryParse(magnitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? JsonNode.Parse(sign + number.ToString("R", CultureInfo.InvariantCulture))
            : null;
    }

    private static ulong? Integer(string magnitude)
    {
        var (digits, @base) = magnitude switch
        {
            ['0', 'x' or 'X', .. var rest] => (rest, 16),
            ['0', 'b' or 'B', .. var rest] => (rest, 2),
            ['0', 'o' or 'O', .. var rest] => (rest, 8),
            ['0', .. { Length: > 0 } rest] when rest.All(c => c is >= '0' and <= '7') => (rest, 8),
            _ => (magnitude, 10),
        };
        try
        {
            return @base == 10 ? ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : Convert.ToUInt64(digits, @base);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
