using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KubePrep.Changes;
using KubePrep.Preparation;

namespace KubePrep.Formatting;

/// <summary>The texts that the module's views (KubePrep.Format.ps1xml) show. PowerShell takes the colours out where they have no place.</summary>
public static class ViewText
{
    private const string Reset = "\e[0m";

    private static readonly ScriptBlock OutputRendering = ScriptBlock.Create("$PSStyle.OutputRendering");

    /// <summary>A word that says how something is, in its colour.</summary>
    /// <param name="status">The word, an enumeration's value; null for none.</param>
    /// <param name="width">
    /// The width of a column that it fills: PowerShell makes a column as wide as its first rows are, and later ones may be longer.
    /// </param>
    public static string Status(object? status, int width = 0)
    {
        var word = status?.ToString() ?? "";
        return $"{Colored(word, StatusColor.Of(word), AreColorsShown)}{new string(' ', Math.Max(0, width - word.Length))}";
    }

    /// <summary>A unified diff, with what is removed in red and what is added in green.</summary>
    public static string Diff(string diff)
    {
        ArgumentNullException.ThrowIfNull(diff);
        var lines = diff.TrimEnd('\n').Split('\n');
        var header = lines is [_, _, ['@', '@', ..], ..] ? 2 : 0; // the names of the file, which begin with - and + too
        var areColorsShown = AreColorsShown;
        return string.Join('\n', lines.Select((line, i) => Colored(line, i < header ? null : ColorOf(line), areColorsShown)));
    }

    /// <summary>Changes with their reasons and diffs.</summary>
    /// <param name="changes">The changes; those that a job has sent are texts.</param>
    public static string Changes(IEnumerable changes) => Lines(changes, item => item is Change change
        ? $"{change.Step}: {change.Action} {change.Target} ({change.Reason}){(change.Diff.Length > 0 ? $"\n{Diff(change.Diff)}" : "")}"
        : null);

    /// <summary>Steps with what came of them.</summary>
    /// <param name="steps">The steps; those that a job has sent are texts.</param>
    public static string Steps(IEnumerable steps) => Lines(steps, item => item is StepResult step
        ? $"{step.Step,-13} {Status(step.Status, 9)} {step.Reason}".TrimEnd()
        : null);

    /// <summary>How long something took.</summary>
    public static string Seconds(TimeSpan duration) =>
        duration.TotalSeconds.ToString(duration.TotalSeconds < 99.95 ? "0.0 s" : "0 s", CultureInfo.CurrentCulture);

    /// <summary>How far a clock is ahead, or behind; in days where that would be a very large number of seconds.</summary>
    public static string Offset(TimeSpan? offset) => offset is not { } time ? "" : Math.Abs(time.TotalSeconds) switch
    {
        < 999.9995 => time.TotalSeconds.ToString("+0.000 s;-0.000 s;0.000 s", CultureInfo.CurrentCulture),
        < 100_000 => time.TotalSeconds.ToString("+0 s;-0 s", CultureInfo.CurrentCulture),
        _ => time.TotalDays.ToString("+0.0 d;-0.0 d", CultureInfo.CurrentCulture),
    };

    /// <summary>
    /// Whether colours may come through. PowerShell itself removes them from what it redirects and where they are not wanted, but not where
    /// the whole process is redirected.
    /// </summary>
    private static bool AreColorsShown => !Console.IsOutputRedirected || OutputRendering.InvokeReturnAsIs()?.ToString() == "Ansi";

    private static string Lines(IEnumerable items, Func<object, string?> show)
    {
        ArgumentNullException.ThrowIfNull(items);
        return string.Join('\n', items.Cast<object>().Select(item => show(item) ?? item.ToString()));
    }

    private static string? ColorOf(string line) => line switch
    {
        ['-', ..] => StatusColor.Red,
        ['+', ..] => StatusColor.Green,
        _ => null,
    };

    private static string Colored(string text, string? color, bool isShown) => isShown && color is not null ? $"{color}{text}{Reset}" : text;
}
