using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubePrep.Yaml.Editing;

/// <summary>Writes JSON as lines of YAML in kubectl's form: keys sorted, two-space indent, and dashes in the column of their key.</summary>
internal sealed class BlockText(Emitter emitter)
{
    /// <summary>The lines of a value.</summary>
    public static string[] Lines(JsonNode? value)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        new BlockText(emitter).Node(value);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    private void Node(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject mapping:
                Mapping(mapping);
                break;
            case JsonArray sequence:
                emitter.Emit(new SequenceStart(null, null, true, sequence.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in sequence)
                {
                    Node(item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case not null when value.GetValueKind() == JsonValueKind.String:
                Text(value.GetValue<string>());
                break;
            default:
                emitter.Emit(new Scalar(null, null, value?.ToJsonString() ?? "null", ScalarStyle.Plain, true, false));
                break;
        }
    }

    private void Mapping(JsonObject mapping)
    {
        emitter.Emit(new MappingStart(null, null, true, mapping.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
        foreach (var (key, value) in mapping.OrderBy(entry => entry.Key, YamlString.ByBytes))
        {
            Text(key);
            Node(value);
        }

        emitter.Emit(new MappingEnd());
    }

    private void Text(string value) => emitter.Emit(new Scalar(null, null, value, YamlString.StyleOf(value), true, true));
}
