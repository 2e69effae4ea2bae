using System.Collections;
using System.Management.Automation;
using System.Security;

namespace KubePrep.ModuleTests;

/// <summary>Writes parameters as pages have them.</summary>
internal static class ParameterText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string",
        [typeof(int)] = "int",
        [typeof(Hashtable)] = "hashtable",
        [typeof(PSCredential)] = "pscredential",
        [typeof(SecureString)] = "securestring",
    };

    /// <summary>What PowerShell knows of a parameter, but for its default value, which only the page says.</summary>
    public static string Facts(CmdletParameter parameter) => string.Join('\n',
    [
        $"Type: {TypeName(parameter)}",
        $"SupportsWildcards: {Word(parameter.SupportsWildcards)}",
        .. List("Aliases", parameter.Aliases),
        "ParameterSets:",
        .. parameter.Places.SelectMany(Place),
        $"DontShow: {Word(parameter.IsHidden)}",
        .. List("AcceptedValues", parameter.AcceptedValues),
        "HelpMessage: ''",
    ]);

    /// <summary>The type of what is given; where there may be none, that of a value.</summary>
    public static string TypeName(CmdletParameter parameter) => (Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type).ToString();

    /// <summary>How a cmdlet is called with a parameter set.</summary>
    public static string Syntax(CmdletClass cmdlet, string set)
    {
        var named = cmdlet.Parameters
            .Where(parameter => !parameter.IsHidden)
            .Select(parameter => (Parameter: parameter, Place: parameter.In(set)!))
            .Where(pair => pair.Place is not null)
            .OrderBy(pair => pair.Place.Position ?? int.MaxValue)
            .ThenByDescending(pair => pair.Place.IsRequired);
        return string.Join(' ', [cmdlet.Name, .. named.Select(pair => Syntax(pair.Parameter, pair.Place)), "[<CommonParameters>]"]);
    }

    private static string Syntax(CmdletParameter parameter, ParameterPlace place)
    {
        var name = place.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var text = parameter.Type == typeof(SwitchParameter) ? name : $"{name} <{ShortTypeName(parameter)}>";
        return place.IsRequired ? text : $"[{text}]";
    }

    private static string ShortTypeName(CmdletParameter parameter) =>
        Keywords.GetValueOrDefault(parameter.ItemType, parameter.ItemType.Name) + (parameter.Type.IsArray ? "[]" : "");

    private static IEnumerable<string> Place(ParameterPlace place) =>
    [
        $"- Name: {(place.Set == ParameterPlace.AllSets ? "(All)" : place.Set)}",
        $"  Position: {place.Position?.ToString() ?? "Named"}",
        $"  IsRequired: {Word(place.IsRequired)}",
        $"  ValueFromPipeline: {Word(place.TakesObjects)}",
        $"  ValueFromPipelineByPropertyName: {Word(place.TakesProperties)}",
        "  ValueFromRemainingArguments: false",
    ];

    private static IEnumerable<string> List(string name, IReadOnlyList<string> items) =>
        items.Count == 0 ? [$"{name}: []"] : [$"{name}:", .. items.Select(item => $"- {item}")];

    private static string Word(bool value) => value ? "true" : "false";
}
