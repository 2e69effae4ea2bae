using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubePrep.Kubeconfig;

/// <summary>
/// The kinds of the fields that kubectl knows (k8s.io/client-go/tools/clientcmd/api/v1, types.go). kubectl refuses a whole file over one field
/// of another kind, so nothing of another kind may come into a file; fields it does not know it leaves alone.
/// </summary>
internal static class KubeconfigSchema
{
    private static readonly Check Extensions = List(Fields(("name", Text)));

    private static readonly Check Cluster = Fields(
        ("server", Text), ("tls-server-name", Text), ("insecure-skip-tls-verify", Flag), ("certificate-authority", Text),
        ("certificate-authority-data", Base64), ("proxy-url", Text), ("disable-compression", Flag), ("extensions", Extensions));

    private static readonly Check Context = Fields(("cluster", Text), ("user", Text), ("namespace", Text), ("extensions", Extensions));

    private static readonly Check Exec = Fields(
        ("command", Text), ("args", List(Text)), ("env", List(Fields(("name", Text), ("value", Text)))), ("apiVersion", Text),
        ("installHint", Text), ("provideClusterInfo", Flag), ("interactiveMode", Text));

    private static readonly Check User = Fields(
        ("client-certificate", Text), ("client-certificate-data", Base64), ("client-key", Text), ("client-key-data", Base64), ("token", Text),
        ("tokenFile", Text), ("as", Text), ("as-uid", Text), ("as-groups", List(Text)), ("as-user-extra", Map(List(Text))), ("username", Text),
        ("password", Text), ("auth-provider", Fields(("name", Text), ("config", Map(Text)))), ("exec", Exec), ("extensions", Extensions));

    private static readonly Check Root = Fields(
        ("kind", Text), ("apiVersion", Text), ("current-context", Text), ("extensions", Extensions),
        ("preferences", Fields(("colors", Flag), ("extensions", Extensions))),
        ("clusters", List(Fields(("name", Text), ("cluster", Cluster)))),
        ("contexts", List(Fields(("name", Text), ("context", Context)))),
        ("users", List(Fields(("name", Text), ("user", User)))));

    /// <summary>What is wrong with a value; null if nothing is. Absent and null are the same to kubectl.</summary>
    private delegate string? Check(JsonNode? value);

    /// <summary>The first field of a kubeconfig that kubectl would refuse, and why; null if it would refuse none. Never a value.</summary>
    public static string? Fault(JsonObject kubeconfig) => Root(kubeconfig);

    private static string? Text(JsonNode? value) =>
        value is null || value.GetValueKind() == JsonValueKind.String ? null : "is no string; in quotes it would be one";

    private static string? Flag(JsonNode? value) =>
        value is null || value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : "is neither true nor false";

    /// <summary>Base64 as Go reads it, which skips line breaks and nothing else.</summary>
    private static string? Base64(JsonNode? value) =>
        Text(value) is { } fault ? fault
        : value is null || IsBase64(value.GetValue<string>()) ? null
        : "is not base64";

    private static bool IsBase64(string text) => !text.AsSpan().ContainsAny(' ', '\t') && System.Buffers.Text.Base64.IsValid(text);

    private static Check List(Check item) => value => value switch
    {
        null => null,
        JsonArray list => list.Select((entry, index) => Within($"[{index}]", item(entry))).FirstOrDefault(fault => fault is not null),
        _ => "is no list",
    };

    private static Check Map(Check item) => value => value switch
    {
        null => null,
        JsonObject map => map.Select(entry => Within($".{PlainText.Printable(entry.Key)}", item(entry.Value))).FirstOrDefault(fault => fault is not null),
        _ => "is no mapping",
    };

    private static Check Fields(params (string Name, Check Check)[] known) => value => value switch
    {
        null => null,
        JsonObject fields => known.Select(field => Within($".{field.Name}", field.Check(fields[field.Name]))).FirstOrDefault(fault => fault is not null),
        _ => "is no mapping",
    };

    /// <summary>The same fault, seen from outside: a path such as <c>.users[2].user.token</c> comes before it.</summary>
    private static string? Within(string place, string? fault) => fault is null ? null : fault[0] is '.' or '[' ? place + fault : $"{place} {fault}";
}
