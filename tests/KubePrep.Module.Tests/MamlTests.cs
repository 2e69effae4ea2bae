namespace KubePrep.ModuleTests;

/// <summary>What Get-Help shows is what the cmdlets are, in the words of their pages.</summary>
public sealed class MamlTests
{
    [Fact]
    public void Each_cmdlet_has_an_entry_and_each_entry_a_cmdlet() =>
        Assert.Equal(CmdletClass.All.Select(cmdlet => cmdlet.Name).Order(), MamlEntry.All.Select(entry => entry.Name).Order());

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Has_the_parameters(string cmdlet)
    {
        var told = HelpPage.Of(cmdlet).Parameters
            .ToDictionary(parameter => parameter.Name, parameter => MamlEntry.Words(parameter.Description));
        var declared = CmdletClass.Of(cmdlet).Parameters.Select(parameter => MamlParameter.Of(parameter, told[parameter.Name]));
        Assert.Equal(ByName(declared), ByName(MamlEntry.Of(cmdlet).Parameters));
    }

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Has_the_parameter_sets(string cmdlet)
    {
        var declared = CmdletClass.Of(cmdlet);
        var sets = declared.SetNames.Select(set => declared.Parameters
            .Where(parameter => !parameter.IsHidden && parameter.In(set) is not null)
            .Select(parameter => parameter.Name)
            .Order(StringComparer.Ordinal));
        Assert.Equal(sets, MamlEntry.Of(cmdlet).Syntax.Select(set => set.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Has_the_words_of_the_page(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        var entry = MamlEntry.Of(cmdlet);
        Assert.Equal(page.Synopsis, entry.Synopsis);
        Assert.Equal(MamlEntry.Words(page.Description), entry.Description);
        Assert.Equal(MamlEntry.Words(page.Notes), entry.Notes);
        Assert.Equal(page.Examples.Select(Words), entry.Examples);
        Assert.Equal(page.Outputs.Select(Words), entry.Outputs);
    }

    private static IEnumerable<MamlParameter> ByName(IEnumerable<MamlParameter> parameters) =>
        parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal);

    private static (string Title, string Text) Words(PageSection section) => (section.Title, MamlEntry.Words(section.Text));
}
