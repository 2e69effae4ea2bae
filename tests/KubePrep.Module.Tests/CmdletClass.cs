using System.Management.Automation;
using System.Reflection;

namespace KubePrep.ModuleTests;

/// <summary>A cmdlet, as its class declares it.</summary>
internal sealed class CmdletClass
{
    private readonly CustomAttributeData _declaration;

    private CmdletClass(Type type)
    {
        Type = type;
        _declaration = type.Attributes<CmdletAttribute>().Single();
        OutputTypes = [.. type.Attributes<OutputTypeAttribute>().SelectMany(attribute => attribute.Items<Type>())];
        Parameters =
        [
            .. type.GetProperties().Where(property => property.Has<ParameterAttribute>()).Select(CmdletParameter.Of),
            .. SupportsShouldProcess ? CmdletParameter.OfShouldProcess : [],
        ];
        var sets = Parameters.SelectMany(parameter => parameter.Places).Select(place => place.Set).Distinct().ToList();
        SetNames = sets.Count == 1 ? sets : [.. sets.Where(set => set != ParameterPlace.AllSets)];
    }

    /// <summary>The module's assembly.</summary>
    public static Assembly Assembly => typeof(Commands.GetKpNodeCommand).Assembly;

    /// <summary>All cmdlets of the module.</summary>
    public static IReadOnlyList<CmdletClass> All { get; } =
    [
        .. Assembly.GetTypes()
            .Where(type => type.Has<CmdletAttribute>())
            .Select(type => new CmdletClass(type))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    /// <summary>The names of all, for tests that are to be run for each.</summary>
    public static TheoryData<string> Names => [.. All.Select(cmdlet => cmdlet.Name)];

    public Type Type { get; }

    public string Verb => (string)_declaration.ConstructorArguments[0].Value!;

    public string Noun => (string)_declaration.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => _declaration.Named(nameof(CmdletAttribute.SupportsShouldProcess), false);

    public string? DefaultSetName => _declaration.Named<string?>(nameof(CmdletAttribute.DefaultParameterSetName), null);

    public IReadOnlyList<Type> OutputTypes { get; }

    /// <summary>Those of base classes too, in the order in which PowerShell has them.</summary>
    public IReadOnlyList<CmdletParameter> Parameters { get; }

    public IReadOnlyList<string> SetNames { get; }

    /// <summary>The class, and those of the module that it is derived from.</summary>
    public IEnumerable<Type> Classes
    {
        get
        {
            for (var type = Type; type.Assembly == Assembly; type = type.BaseType!)
            {
                yield return type;
            }
        }
    }

    public static CmdletClass Of(string name) => All.Single(cmdlet => cmdlet.Name == name);

    public CmdletParameter? Find(string parameter) => Parameters.FirstOrDefault(candidate => candidate.Name == parameter);

    /// <summary>Whether a method of PowerShell's is overridden.</summary>
    public bool Overrides(string method) => Classes.Any(type =>
        type.GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null);
}
