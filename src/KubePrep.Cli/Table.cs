using System.Globalization;
using System.Text;

namespace KubePrep.Cli;

/// <summary>Results as a table to read: columns as wide as their widest cell, the last one open. What would steer a terminal is not printed.</summary>
internal static class Table
{
    private const string Gap = "  ";

    public static void Write(string[] header, IEnumerable<string?[]> rows)
    {
        var all = rows.Prepend(header).Select(row => Array.ConvertAll(row, cell => PlainText.Printable(cell ?? ""))).ToList();
        var widths = header.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in all)
        {
            var cells = row.Select((cell, column) => cell.PadRight(widths[column]));
            text.Append(string.Join(Gap, cells).TrimEnd()).Append('\n');
        }

        Console.Out.Write(text);
    }

    public static string Relative(string directory, string path) => Path.GetRelativePath(Path.GetFullPath(directory), path);

    public static string Date(DateTime? time) => time?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
