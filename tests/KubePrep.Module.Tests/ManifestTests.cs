using System.Text.RegularExpressions;

namespace KubePrep.ModuleTests;

public sealed partial class ManifestTests
{
    [Fact]
    public void Exports_the_cmdlets_and_nothing_else()
    {
        var manifest = File.ReadAllText(Repository.File("KubePrep.psd1"));
        Assert.Equal(CmdletClass.All.Select(cmdlet => cmdlet.Name), Exported(manifest, "Cmdlets").Order(StringComparer.Ordinal));
        Assert.All(["Functions", "Aliases", "Variables"], kind => Assert.Empty(Exported(manifest, kind)));
    }

    private static IEnumerable<string> Exported(string manifest, string kind)
    {
        var list = Regex.Match(manifest, $@"^ *{kind}ToExport *= @\((.*?)\)$", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.True(list.Success, $"The manifest does not list the {kind.ToLowerInvariant()} that it exports.");
        return Quoted().Matches(list.Groups[1].Value).Select(match => match.Groups[1].Value);
    }

    [GeneratedRegex("""'([^']*)'""")]
    private static partial Regex Quoted();
}
