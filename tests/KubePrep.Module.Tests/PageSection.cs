namespace KubePrep.ModuleTests;

/// <summary>A section of a page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Text">What follows up to the next heading, without empty lines around it.</param>
internal sealed record PageSection(string Title, string Text)
{
    /// <summary>Divides a text at its headings of a level, but for those in code.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mark">How such a heading begins.</param>
    /// <returns>The sections, the first of which is what comes before the first heading.</returns>
    public static IReadOnlyList<PageSection> Divide(string text, string mark)
    {
        List<PageSection> sections = [];
        List<string> lines = [];
        var title = "";
        var isCode = false;
        foreach (var line in text.Split('\n'))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isCode && line.StartsWith(mark, StringComparison.Ordinal))
            {
                End();
                title = line[mark.Length..];
            }
            else
            {
                lines.Add(line);
            }
        }

        End();
        return sections;

        void End()
        {
            sections.Add(new PageSection(title, string.Join('\n', lines).Trim('\n')));
            lines.Clear();
        }
    }

    /// <summary>The parts of this section, each of which has a heading of its own.</summary>
    public IReadOnlyList<PageSection> Parts => [.. Divide(Text, "### ").Skip(1)];
}
