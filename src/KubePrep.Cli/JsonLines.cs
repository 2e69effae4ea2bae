using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KubePrep.Certificates;
using KubePrep.Deployment;
using KubePrep.Kubeconfig;
using KubePrep.Users;

namespace KubePrep.Cli;

/// <summary>Results as one JSON object a line, serialized by code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DeployedFile))]
[JsonSerializable(typeof(DeploymentCheck))]
[JsonSerializable(typeof(ContextChange))]
[JsonSerializable(typeof(ClusterCertificate))]
[JsonSerializable(typeof(DeployedUser))]
[JsonSerializable(typeof(ClusterUser))]
[JsonSerializable(typeof(PreparationRow))]
[JsonSerializable(typeof(HostsFileRow))]
[JsonSerializable(typeof(TimeRow))]
[JsonSerializable(typeof(SyncTimeRow))]
internal sealed partial class JsonLines : JsonSerializerContext
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write<T>(IEnumerable<T> rows, JsonTypeInfo<T> type)
    {
        using var output = Console.OpenStandardOutput();
        using var buffer = new BufferedStream(output);
        using var writer = new Utf8JsonWriter(buffer, Readable);
        foreach (var row in rows)
        {
            JsonSerializer.Serialize(writer, row, type);
            writer.Flush();
            writer.Reset();
            buffer.WriteByte((byte)'\n');
        }
    }
}
