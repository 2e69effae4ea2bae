using System.Reflection;
using System.Text.RegularExpressions;

namespace KubePrep.ModuleTests;

/// <summary>The pages say what the cmdlets are.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void Each_cmdlet_has_a_page_and_each_page_a_cmdlet()
    {
        var pages = Directory.EnumerateFiles(Repository.File("docs/en-US")).Select(Path.GetFileNameWithoutExtension);
        Assert.Equal(CmdletClass.All.Select(cmdlet => cmdlet.Name).Append("KubePrep").Order(), pages.Order());
    }

    [Fact]
    public void The_page_of_the_module_has_each_cmdlet_with_its_synopsis()
    {
        var sections = PageSection.Divide(File.ReadAllText(Repository.File("docs/en-US/KubePrep.md")), "## ");
        Assert.Equal(
            CmdletClass.All.Select(cmdlet => new PageSection($"[{cmdlet.Name}]({cmdlet.Name}.md)", HelpPage.Of(cmdlet.Name).Synopsis)),
            sections.Single(section => section.Title == "KubePrep").Parts);
    }

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Has_the_parameters(string cmdlet)
    {
        var declared = CmdletClass.Of(cmdlet).Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ToList();
        var told = HelpPage.Of(cmdlet).Parameters;
        Assert.Equal(declared.Select(parameter => parameter.Name), told.Select(parameter => parameter.Name));
        Assert.All(declared.Zip(told), pair => Assert.Equal(ParameterText.Facts(pair.First), WithoutDefault(pair.Second.Facts)));
    }

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Says_what_each_parameter_is_for(string cmdlet) =>
        Assert.All(HelpPage.Of(cmdlet).Parameters, parameter => Assert.EndsWith(".", parameter.Description, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Has_the_syntax_of_each_parameter_set(string cmdlet)
    {
        var declared = CmdletClass.Of(cmdlet);
        Assert.Equal(
            declared.SetNames.Select(set => set == declared.DefaultSetName ? $"{set} (Default)" : set),
            HelpPage.Of(cmdlet).Syntax.Select(syntax => syntax.Title));
        Assert.Equal(
            declared.SetNames.Select(set => $"``` {ParameterText.Syntax(declared, set)} ```"),
            HelpPage.Of(cmdlet).Syntax.Select(syntax => Whitespace().Replace(syntax.Text, " ")));
    }

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Has_what_is_put_out_and_what_that_holds(string cmdlet)
    {
        var outputs = HelpPage.Of(cmdlet).Outputs;
        var declared = CmdletClass.Of(cmdlet).OutputTypes;
        Assert.Subset(outputs.Select(output => output.Title).ToHashSet(), declared.Select(type => type.ToString()).ToHashSet());
        Assert.All(outputs, output =>
        {
            var type = Assert.Single(declared.SelectMany(TypesWithin).ToHashSet(), type => type.ToString() == output.Title);
            var toldElsewhere = outputs.Where(other => other != output).Select(other => other.Title).ToHashSet();
            Assert.All(
                PropertiesOf(type).Where(property => !toldElsewhere.Contains(property.DeclaringType!.ToString())),
                property => Assert.Contains($"`{property.Name}`", output.Text, StringComparison.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Has_a_synopsis_of_one_line_and_examples_that_show_what_they_print(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        Assert.Matches(@"\A[A-Z][^\n]+\.\z", page.Synopsis);
        Assert.NotEmpty(page.Description);
        var shown = page.Examples.Where(example => example.Text.Contains("```Output\n", StringComparison.Ordinal));
        Assert.True(shown.Count() >= 2, "Fewer than two of its examples show what they print.");
        Assert.All(page.Examples.Index(), example =>
            Assert.StartsWith($"Example {example.Index + 1}: ", example.Item.Title, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Says_what_each_example_is_for_before_its_commands(string cmdlet) =>
        Assert.Empty(HelpPage.Of(cmdlet).Examples.Where(example => !Purpose().IsMatch(example.Text)).Select(example => example.Title));

    [Theory]
    [MemberData(nameof(CmdletClass.Names), MemberType = typeof(CmdletClass))]
    public void Names_errors_that_there_are(string cmdlet)
    {
        var named = ErrorNames().Matches(HelpPage.Of(cmdlet).Notes).SelectMany(match => match.Groups[1].Captures);
        var ids = named.Select(name => name.Value).ToList();
        Assert.True(ids.Count > 1, "Its notes name no errors.");
        Assert.All(ids, id => Assert.True(Enum.TryParse<ErrorId>(id, out _), $"There is no error {id}."));
    }

    private static string WithoutDefault(string facts) => DefaultValue().Replace(facts, "");

    /// <summary>The types of this module that can be reached from a type by its properties.</summary>
    private static HashSet<Type> TypesWithin(Type type)
    {
        HashSet<Type> found = [];
        Add(type);
        return found;

        void Add(Type candidate)
        {
            if (found.Add(candidate) && IsOwn(candidate))
            {
                foreach (var property in candidate.GetProperties())
                {
                    Add(property.PropertyType);
                    Array.ForEach(property.PropertyType.GetGenericArguments(), Add);
                }
            }
        }
    }

    /// <summary>The properties of a type of this module, those of its base types among them.</summary>
    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => IsOwn(type) && property.GetIndexParameters().Length == 0);

    private static bool IsOwn(Type type) => type.Namespace!.StartsWith(nameof(KubePrep), StringComparison.Ordinal);

    /// <summary>A sentence, and then the commands.</summary>
    [GeneratedRegex("""\A(?!```)(?:.|\n)*?[.:]\n\n```powershell\n""")]
    private static partial Regex Purpose();

    [GeneratedRegex("""^DefaultValue:.*\n""", RegexOptions.Multiline)]
    private static partial Regex DefaultValue();

    [GeneratedRegex("""\s+""")]
    private static partial Regex Whitespace();

    [GeneratedRegex("""^- (?:`(\w+)`(?:, |:))+""", RegexOptions.Multiline)]
    private static partial Regex ErrorNames();
}
