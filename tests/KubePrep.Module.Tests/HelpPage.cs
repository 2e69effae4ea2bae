namespace KubePrep.ModuleTests;

/// <summary>The page of a cmdlet in docs/en-US, which its help is made from.</summary>
internal sealed class HelpPage
{
    private readonly IReadOnlyList<PageSection> _sections;

    private HelpPage(string text)
    {
        _sections = PageSection.Divide(text, "## ");
    }

    public string Synopsis => Section("SYNOPSIS").Text;

    public string Description => Section("DESCRIPTION").Text;

    public string Notes => Section("NOTES").Text;

    /// <summary>How the cmdlet is called, a parameter set each.</summary>
    public IReadOnlyList<PageSection> Syntax => Section("SYNTAX").Parts;

    public IReadOnlyList<PageSection> Examples => Section("EXAMPLES").Parts;

    /// <summary>The parameters, but for PowerShell's own.</summary>
    public IReadOnlyList<PageParameter> Parameters =>
        [.. Section("PARAMETERS").Parts.Where(part => part.Title != "CommonParameters").Select(part => new PageParameter(part))];

    /// <summary>The types of what the cmdlet puts out, and of what that holds.</summary>
    public IReadOnlyList<PageSection> Outputs => Section("OUTPUTS").Parts;

    /// <summary>Reads the page of a cmdlet.</summary>
    public static HelpPage Of(string cmdlet) => new(File.ReadAllText(Repository.File($"docs/en-US/{cmdlet}.md")));

    private PageSection Section(string title) => _sections.Single(section => section.Title == title);
}
