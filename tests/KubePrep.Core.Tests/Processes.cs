using System.Text;

namespace KubePrep.Core.Tests;

/// <summary>The processes of this machine, as <c>/proc</c> has them.</summary>
internal static class Processes
{
    /// <summary>The command lines that hold a text; processes that have ended and wait for their parent have none.</summary>
    public static IReadOnlyList<string> Naming(string text) => Holding("cmdline", text);

    /// <summary>Those whose command line or environment holds a text.</summary>
    public static IReadOnlyList<string> Knowing(string text) => [.. Naming(text), .. Holding("environ", text)];

    private static List<string> Holding(string file, string text) =>
        [.. Directory.EnumerateDirectories("/proc").Select(process => Read($"{process}/{file}")).Where(held => held.Contains(text, StringComparison.Ordinal))];

    private static string Read(string path)
    {
        try
        {
            return File.Exists(path) ? Encoding.Latin1.GetString(File.ReadAllBytes(path)).Replace('\0', ' ') : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended
        }
    }
}
