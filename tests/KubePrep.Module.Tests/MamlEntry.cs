using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KubePrep.ModuleTests;

/// <summary>What Get-Help shows of a cmdlet: its entry in en-US/KubePrep.dll-Help.xml, which is made from its page.</summary>
internal sealed partial class MamlEntry
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XElement _entry;

    private MamlEntry(XElement entry)
    {
        _entry = entry;
    }

    /// <summary>The entries of all cmdlets.</summary>
    public static IReadOnlyList<MamlEntry> All { get; } =
    [
        .. XDocument.Load(Repository.File("en-US/KubePrep.dll-Help.xml")).Root!
            .Elements(Command + "command")
            .Select(entry => new MamlEntry(entry)),
    ];

    public string Name => _entry.Element(Command + "details")!.Element(Command + "name")!.Value;

    public string Synopsis => Words(_entry.Element(Command + "details")!.Element(Maml + "description"));

    public string Description => Words(_entry.Element(Maml + "description"));

    public string Notes => Words(_entry.Element(Maml + "alertSet"));

    public IEnumerable<MamlParameter> Parameters => _entry.Element(Command + "parameters")!.Elements().Select(Parameter);

    /// <summary>The parameters' names in each of the parameter sets.</summary>
    public IEnumerable<IEnumerable<string>> Syntax => _entry.Element(Command + "syntax")!.Elements()
        .Select(set => set.Elements(Command + "parameter").Select(parameter => parameter.Element(Maml + "name")!.Value));

    /// <summary>The examples' titles, with what they consist of.</summary>
    public IEnumerable<(string Title, string Text)> Examples => _entry.Element(Command + "examples")!.Elements()
        .Select(example => (example.Element(Maml + "title")!.Value.Trim('-', ' '), Words(example.Element(Maml + "introduction"))));

    /// <summary>The types of what is put out, with what is said of them.</summary>
    public IEnumerable<(string Type, string Text)> Outputs => _entry.Element(Command + "returnValues")!.Elements()
        .Select(output => (TypeOf(output), Words(output.Element(Maml + "description"))));

    public static MamlEntry Of(string cmdlet) => All.Single(entry => entry.Name == cmdlet);

    /// <summary>
    /// The words of a text with one space between them. How lines and paragraphs are divided is left to the tool that makes the help.
    /// </summary>
    public static string Words(string text) => Gap().Replace(text, " ").Trim();

    private static string Words(XElement? text) =>
        Words(string.Join('\n', text?.Descendants(Maml + "para").Select(paragraph => paragraph.Value) ?? []));

    private static string TypeOf(XElement element) => element.Element(Dev + "type")!.Element(Maml + "name")!.Value;

    private static MamlParameter Parameter(XElement element) => new(
        element.Element(Maml + "name")!.Value,
        TypeOf(element),
        element.Attribute("position")!.Value,
        element.Attribute("required")!.Value,
        element.Attribute("pipelineInput")!.Value,
        element.Attribute("globbing")!.Value,
        element.Attribute("aliases")!.Value,
        string.Join(", ", element.Element(Command + "parameterValueGroup")?.Elements().Select(value => value.Value) ?? []),
        Words(element.Element(Maml + "description")));

    /// <summary>White space, and the control character that the tool puts into empty lines.</summary>
    [GeneratedRegex("""[\s\u0080]+""")]
    private static partial Regex Gap();
}
