namespace KubePrep.ModuleTests;

/// <summary>A parameter, as a page has it: what it is for, and then what PowerShell knows of it.</summary>
internal sealed class PageParameter
{
    private const string Fence = "```";

    public PageParameter(PageSection section)
    {
        Name = section.Title.TrimStart('-');
        var parts = section.Text.Split($"{Fence}yaml\n");
        Description = parts[0].TrimEnd('\n');
        Facts = parts[1].Replace(Fence, "", StringComparison.Ordinal).TrimEnd('\n');
    }

    public string Name { get; }

    public string Description { get; }

    /// <summary>What PowerShell knows of it, in YAML.</summary>
    public string Facts { get; }
}
