using System.Text.Json;

namespace KubePrep.Lab.Tests;

/// <summary>What stands in the rows that <c>check --json</c> and <c>prepare --json</c> print.</summary>
internal static class NodeRows
{
    /// <summary>The row about a node, by where it was connected to.</summary>
    public static JsonElement Row(this ToolResult result, string host)
    {
        var rows = result.Rows.Where(row => row.GetProperty("hostName").GetString() == host).ToList();
        Assert.True(rows.Count == 1, $"There are {rows.Count} rows about '{host}':\n{result}");
        return rows[0];
    }

    /// <summary>The id of the row's error; null if it has none.</summary>
    public static string? ErrorId(this JsonElement row) => Error(row)?.GetProperty("id").GetString();

    /// <summary>What the error says, and what to do about it.</summary>
    public static string ErrorText(this JsonElement row) =>
        Error(row) is { } error ? $"{error.GetProperty("message").GetString()}\n{error.GetProperty("recommendedAction").GetString()}" : "";

    /// <summary>Fails if there is an error about the node, or none of its steps has been looked at.</summary>
    public static void ExpectChecked(this ToolResult result, string host)
    {
        var row = result.Row(host);
        Assert.True(row.ErrorId() is null && row.GetProperty("steps").GetArrayLength() > 0, $"'{host}' was not checked: {row}\n{result.Error}");
    }

    /// <summary>Fails unless that error is the node's, in its row and on standard error.</summary>
    /// <param name="result">What kubeprep printed.</param>
    /// <param name="host">Where the node was connected to.</param>
    /// <param name="id">The error's id.</param>
    /// <param name="words">What its message or advice says.</param>
    public static void ExpectError(this ToolResult result, string host, string id, params IEnumerable<string> words)
    {
        var row = result.Row(host);
        Assert.True(row.ErrorId() == id, $"The error of '{host}' is {row.ErrorId() ?? "none"} and not {id}: {row.ErrorText()}\n{result.Error}");
        Assert.All(words, word => Assert.Contains(word, row.ErrorText(), StringComparison.Ordinal));
        Assert.Contains($"[{id}]", result.Error, StringComparison.Ordinal);
    }

    private static JsonElement? Error(JsonElement row) =>
        row.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object ? error : null;
}
