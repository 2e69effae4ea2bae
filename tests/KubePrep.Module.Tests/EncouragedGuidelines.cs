using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace KubePrep.ModuleTests;

/// <summary>The guidelines that are strongly encouraged.</summary>
internal static partial class EncouragedGuidelines
{
    /// <summary>The names that mean the same everywhere, with the types they have there.</summary>
    private static readonly Dictionary<string, Type> StandardTypes = new()
    {
        ["Credential"] = typeof(PSCredential),
        ["Force"] = typeof(SwitchParameter),
        ["LiteralPath"] = typeof(string),
        ["Name"] = typeof(string),
        ["PassThru"] = typeof(SwitchParameter),
        ["Path"] = typeof(string),
        ["Port"] = typeof(int),
        ["Quiet"] = typeof(SwitchParameter),
        ["ThrottleLimit"] = typeof(int),
        ["UserName"] = typeof(string),
    };

    public static IReadOnlyList<Guideline> All { get; } =
    [
        Guideline.OfCmdlets("SD01a", "The noun begins with the module's own prefix.", cmdlet =>
            cmdlet.Noun.StartsWith("Kp", StringComparison.Ordinal)),
        Guideline.OfCmdlets("SD01b", "The noun is in the singular.", cmdlet => IsSingular(cmdlet.Noun)),
        Guideline.OfCmdlets("SD02", "The name is in Pascal case.", cmdlet =>
            PascalCase().IsMatch(cmdlet.Verb) && PascalCase().IsMatch(cmdlet.Noun)),
        Guideline.OfParameters("SD03a", "The name of a parameter is in Pascal case.", parameter => PascalCase().IsMatch(parameter.Name)),
        Guideline.OfParameters("SD03b", "The name of a parameter is in the singular.", parameter => IsSingular(parameter.Name)),
        Guideline.OfParameters("SD03c", "A standard name has its standard type.", parameter =>
            StandardTypes.GetValueOrDefault(parameter.Name, parameter.ItemType) == parameter.ItemType),
        Guideline.OfParameters("SD03d", "What is yes or no is a switch.", parameter => parameter.ItemType != typeof(bool)),
        Guideline.OfCmdlets("SD03e", "Where there are several parameter sets, one is the default.", cmdlet =>
            cmdlet.SetNames.Count == 1 || cmdlet.SetNames.Contains(cmdlet.DefaultSetName)),
        Guideline.OfSets("SD03f", "A set that is not the default has a mandatory parameter of its own.", (cmdlet, set) =>
            cmdlet.SetNames.Count == 1 || set == cmdlet.DefaultSetName
                || cmdlet.Parameters.Any(parameter => parameter.Places is [{ IsRequired: true } place] && place.Set == set)),
        Guideline.OfSets("SD03g", "No more than one parameter of a set takes objects of the pipeline.", (cmdlet, set) =>
            Places(cmdlet, set).Count(place => place.TakesObjects) <= 1),
        new("SD04", "What is said goes to PowerShell, and never to the console.", CmdletClass.Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith(nameof(KubePrep), StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(CmdletClass.Assembly)
            .SelectMany(ConsoleUse.Of)),
        Guideline.OfCmdlets("SC01a", "What -Path takes can be given literally, and be piped as a file.", cmdlet =>
            cmdlet.Find("Path") is not { } path || Literal(cmdlet, path)?.Aliases.Contains("PSPath") == true),
        Guideline.OfCmdlets("SC01b", "Beside -LiteralPath, -Path takes wildcards.", cmdlet =>
            cmdlet.Find("LiteralPath") is null || cmdlet.Find("Path")?.SupportsWildcards == true),
        Guideline.OfSets("SC02a", "Each set takes something from the pipeline.", (cmdlet, set) =>
            Places(cmdlet, set).Any(place => place.TakesObjects || place.TakesProperties)),
        Guideline.OfCmdlets("SC02b", "What takes something from the pipeline processes it as it comes.", cmdlet =>
            cmdlet.Overrides("ProcessRecord")),
    ];

    private static IEnumerable<ParameterPlace> Places(CmdletClass cmdlet, string set) =>
        cmdlet.Parameters.Select(parameter => parameter.In(set)).OfType<ParameterPlace>();

    /// <summary>The parameter for which no character is a wildcard: one of its own, or else that for paths by another name.</summary>
    private static CmdletParameter? Literal(CmdletClass cmdlet, CmdletParameter path) =>
        cmdlet.Find("LiteralPath") ?? (path.Aliases.Contains("LiteralPath") ? path : null);

    /// <summary>Units of measure are in the plural wherever PowerShell has them.</summary>
    private static bool IsSingular(string name) => !Plural().IsMatch(name) || name.EndsWith("Seconds", StringComparison.Ordinal);

    [GeneratedRegex("""\A[A-Z][A-Za-z0-9]*\z""")]
    private static partial Regex PascalCase();

    [GeneratedRegex("""[^sui]s\z""")]
    private static partial Regex Plural();
}
