using System.Text;

namespace KubePrep.Changes;

/// <summary>
/// Differences as diff(1) shows them with <c>-u</c>. Compared are bytes; shown is text, whose control characters other than tabs are
/// replaced, as they could forge lines or steer a terminal.
/// </summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference of two contents of a file; empty if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="before">What it holds; null if it does not exist.</param>
    /// <param name="after">What it will hold.</param>
    public static string OfFile(string path, ReadOnlyMemory<byte>? before, ReadOnlyMemory<byte> after)
    {
        var (oldLines, newLines) = (DiffLine.Split(before ?? default), DiffLine.Split(after));
        var edits = LineComparison.Compare(oldLines, newLines);
        if (edits.Count == 0)
        {
            return "";
        }

        var name = PlainText.Printable(path);
        var text = new StringBuilder($"--- {(before is null ? "/dev/null" : name)}\n+++ {name}\n");
        for (var first = 0; first < edits.Count;)
        {
            var last = first;
            while (last + 1 < edits.Count && edits[last + 1].OldStart - edits[last].OldEnd <= 2 * Context)
            {
                last++;
            }

            AppendHunk(text, edits, first, last, oldLines, newLines);
            first = last + 1;
        }

        return text.ToString();
    }

    /// <summary>The difference of two values.</summary>
    /// <param name="before">The value that is; null if there is none.</param>
    /// <param name="after">The value that will be.</param>
    public static string OfValue(string? before, string after) =>
        before == after ? "" : $"{(before is null ? "" : $"-{Shown(before)}\n")}+{Shown(after)}\n";

    private static void AppendHunk(
        StringBuilder text, IReadOnlyList<LineEdit> edits, int first, int last, List<DiffLine> oldLines, List<DiffLine> newLines)
    {
        var start = Math.Max(0, edits[first].OldStart - Context);
        var end = Math.Min(oldLines.Count, edits[last].OldEnd + Context);
        var newStart = edits[first].NewStart - (edits[first].OldStart - start);
        var newEnd = edits[last].NewEnd + (end - edits[last].OldEnd);
        text.Append("@@ -").Append(Place(start, end)).Append(" +").Append(Place(newStart, newEnd)).Append(" @@\n");
        var at = start;
        for (var i = first; i <= last; i++)
        {
            var edit = edits[i];
            AppendLines(text, ' ', oldLines, at, edit.OldStart);
            AppendLines(text, '-', oldLines, edit.OldStart, edit.OldEnd);
            AppendLines(text, '+', newLines, edit.NewStart, edit.NewEnd);
            at = edit.OldEnd;
        }

        AppendLines(text, ' ', oldLines, at, end);
    }

    private static void AppendLines(StringBuilder text, char mark, List<DiffLine> lines, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            text.Append(mark).Append(Shown(lines[i].Text)).Append('\n');
            if (!lines[i].HasEnd)
            {
                text.Append("\\ No newline at end of file\n");
            }
        }
    }

    /// <summary>The first line's number and the count, which is left out if it is 1; of no lines, the number of the one before.</summary>
    private static string Place(int start, int end) => (end - start) switch
    {
        0 => $"{start},0",
        1 => $"{start + 1}",
        var count => $"{start + 1},{count}",
    };

    private static string Shown(string text) => string.Join('\t', text.Split('\t').Select(PlainText.Printable));
}
