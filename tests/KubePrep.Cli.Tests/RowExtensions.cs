using System.Text.Json;

namespace KubePrep.Cli.Tests;

/// <summary>What stands in the rows that the commands print.</summary>
internal static class RowExtensions
{
    public static string FilePath(this JsonElement row) => row.GetProperty("path").GetString()!;

    public static string Status(this JsonElement row) => row.GetProperty("status").GetString()!;

    public static string Verdict(this JsonElement row) => row.GetProperty("verdict").GetString()!;

    public static string? Reason(this JsonElement row) => row.GetProperty("reason").GetString();

    /// <summary>The row about a file.</summary>
    public static JsonElement Of(this IEnumerable<JsonElement> rows, string path) => rows.Single(row => row.FilePath() == path);
}
