using System.Text.Json;

namespace KubePrep.Lab.Tests;

/// <summary>What <c>--json</c> says of nodes.</summary>
internal static class PreparationRows
{
    /// <summary>The row of a node.</summary>
    public static JsonElement Of(this ToolResult result, LabNode node) => result.Rows.Single(row => row.Text("hostName") == node.Address);

    public static string Text(this JsonElement row, string name) => row.GetProperty(name).GetString()!;

    public static string Status(this JsonElement row) => row.Text("status");

    public static string Step(this JsonElement row, string name) => StepOf(row, name).Text("status");

    public static string Reason(this JsonElement row, string step) => StepOf(row, step).Text("reason");

    public static string Error(this JsonElement row) => row.GetProperty("error").Text("id");

    public static IReadOnlyList<JsonElement> Changes(this JsonElement row, string? action = null) =>
        [.. row.GetProperty("changes").EnumerateArray().Where(change => action is null || change.Text("action") == action)];

    public static IReadOnlyList<string> Warnings(this JsonElement row) =>
        [.. row.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];

    /// <summary>The steps and what became of them, as <c>Packages=Changed</c>; those that were not asked for are left out.</summary>
    public static string Summary(this JsonElement row) => string.Join(' ', row.GetProperty("steps").EnumerateArray()
        .Where(step => step.Text("status") != "Skipped").Select(step => $"{step.Text("step")}={step.Text("status")}"));

    private static JsonElement StepOf(JsonElement row, string name) =>
        row.GetProperty("steps").EnumerateArray().Single(step => step.Text("step") == name);
}
