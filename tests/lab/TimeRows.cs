using System.Text.Json;

namespace KubePrep.Lab.Tests;

/// <summary>What stands in the rows that <c>time --json</c> and <c>sync-time --json</c> print.</summary>
internal static class TimeRows
{
    /// <summary>What a row of <c>sync-time</c> tells of the clock, as a row of <c>time</c> does.</summary>
    public static JsonElement Clock(this JsonElement row) => row.GetProperty("timeSync");

    public static string? Verdict(this JsonElement row) => row.GetProperty("verdict").GetString();

    /// <summary>Why the verdict is what it is, and what to do about it.</summary>
    public static string Told(this JsonElement row) => $"{row.Text("reason")}\n{row.Text("wayOut")}";

    /// <summary>How far the clock is ahead of this machine's, in seconds.</summary>
    public static double Offset(this JsonElement row) => row.GetProperty("offsetSeconds").GetDouble();

    /// <summary>By how many seconds the offset may be wrong.</summary>
    public static double Bound(this JsonElement row) => row.GetProperty("errorBoundSeconds").GetDouble();

    /// <summary>The units of the daemons that run.</summary>
    public static IReadOnlyList<string> RunningDaemons(this JsonElement row) =>
        [.. row.GetProperty("daemons").EnumerateArray().Where(daemon => daemon.GetProperty("isRunning").GetBoolean()).Select(daemon => daemon.Text("unit"))];

    /// <summary>Fails unless the clock is kept, by a server with this address that follows its own clock.</summary>
    public static void ExpectFollows(this JsonElement row, string address)
    {
        Assert.True(row.Verdict() == "Synchronized", row.ToString());
        Assert.Contains(address, row.Text("source"), StringComparison.Ordinal);
        Assert.False(row.GetProperty("isTraceable").GetBoolean());
    }

    /// <summary>Fails unless two clocks are less than so many seconds apart, as far as can be told.</summary>
    public static void ExpectNear(this JsonElement row, JsonElement other, double seconds) => Assert.True(
        Math.Abs(row.Offset() - other.Offset()) <= seconds + row.Bound() + other.Bound(), $"They are not within {seconds} s:\n{row}\n{other}");
}
