using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubePrep.Files;

/// <summary>
/// Reads JSON, and finds at once, with the line, what <see cref="JsonNode"/> finds late or not at all: keys that are given twice (in
/// whatever case, as Go reads them) and text that is no text.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Where a document is not JSON, and why; line and column count from 1.</summary>
    public sealed record Fault(long Line, long Column, string Why);

    /// <exception cref="KubePrepException">What <paramref name="error"/> makes of the fault.</exception>
    public static JsonNode? Parse(byte[] content, Func<Fault, KubePrepException> error)
    {
        if (FindFault(content) is { } fault)
        {
            throw error(fault);
        }

        return JsonNode.Parse(content, AnyCase);
    }

    private static Fault? FindFault(byte[] content)
    {
        var reader = new Utf8JsonReader(content);
        var objects = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (FaultOf(ref reader, objects) is { } why)
                {
                    return At(content, reader.TokenStartIndex, why);
                }
            }

            return null;
        }
        catch (JsonException e)
        {
            return new Fault((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, "it is not valid JSON");
        }
        catch (InvalidOperationException)
        {
            return At(content, reader.TokenStartIndex, "the text is not valid Unicode");
        }
    }

    private static string? FaultOf(ref Utf8JsonReader reader, Stack<HashSet<string>> objects)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                objects.Push(new HashSet<string>(StringComparer.OrdinalIgnoreCase));
                break;
            case JsonTokenType.EndObject:
                objects.Pop();
                break;
            case JsonTokenType.PropertyName when !objects.Peek().Add(reader.GetString()!):
                return $"the key '{reader.GetString()}' is given twice";
            case JsonTokenType.String:
                _ = reader.GetString();
                break;
        }

        return null;
    }

    private static Fault At(ReadOnlySpan<byte> content, long position, string why)
    {
        var before = content[..(int)position];
        return new Fault(before.Count((byte)'\n') + 1, position - before.LastIndexOf((byte)'\n'), why);
    }
}
