using System.Text;

namespace KubePrep.Facts;

/// <summary>The text of configuration files as systemd's programs read it (systemd's <c>read_line()</c> and <c>strstrip()</c>).</summary>
internal static class ConfigurationText
{
    private const string Blanks = " \t\n\r";

    /// <summary>
    /// The lines of a file. One ends with a line feed, a carriage return or a NUL, or with several different ones in a row, so that
    /// <c>\r\n</c> ends one line and <c>\n\n</c> two; a NUL always comes last.
    /// </summary>
    public static IEnumerable<ConfigurationLine> Lines(NodeFile file)
    {
        var text = Encoding.UTF8.GetString(file.Content.Span);
        var number = 1;
        for (var start = 0; start < text.Length; number++)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r', '\0') is >= 0 and var found ? found : text.Length - start;
            yield return new ConfigurationLine(number, text.Substring(start, length));
            start += length;
            start += EndLength(text.AsSpan(start));
        }
    }

    /// <summary>The text without blanks around it.</summary>
    public static string Strip(string text) => text.Trim(Blanks.ToCharArray());

    /// <summary>Whether a line without blanks around it says nothing.</summary>
    public static bool IsEmptyOrComment(string text) => text.Length == 0 || text[0] is '#' or ';';

    private static int EndLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && text[length] is '\n' or '\r' or '\0' && !text[..length].Contains(text[length]))
        {
            if (text[length++] == '\0')
            {
                break;
            }
        }

        return length;
    }
}
