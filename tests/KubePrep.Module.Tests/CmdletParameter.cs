using System.Management.Automation;
using System.Reflection;

namespace KubePrep.ModuleTests;

/// <summary>A parameter of a cmdlet.</summary>
internal sealed record CmdletParameter(string Name, Type Type)
{
    /// <summary>The parameters that PowerShell adds where something can be changed.</summary>
    public static IReadOnlyList<CmdletParameter> OfShouldProcess { get; } =
    [
        new("WhatIf", typeof(SwitchParameter)) { Aliases = ["wi"] },
        new("Confirm", typeof(SwitchParameter)) { Aliases = ["cf"] },
    ];

    /// <summary>The class that declares it, in which other cmdlets may have it too; the cmdlet's base where PowerShell adds it.</summary>
    public Type DeclaringType { get; private init; } = typeof(Cmdlet);

    /// <summary>Other names.</summary>
    public IReadOnlyList<string> Aliases { get; private init; } = [];

    /// <summary>How it can be given, a set each.</summary>
    public IReadOnlyList<ParameterPlace> Places { get; private init; } = [new(ParameterPlace.AllSets, null, false, false, false)];

    /// <summary>The words it takes; none if it takes any.</summary>
    public IReadOnlyList<string> AcceptedValues { get; private init; } = [];

    /// <summary>Whether wildcards stand for what is there.</summary>
    public bool SupportsWildcards { get; private init; }

    /// <summary>Whether it is left out of completion and syntax.</summary>
    public bool IsHidden { get; private init; }

    /// <summary>Whether PowerShell makes credentials of what is given.</summary>
    public bool MakesCredential { get; private init; }

    /// <summary>The type of what is given: an item of a list, and a value where there may be none.</summary>
    public Type ItemType => ItemTypeOf(Type);

    /// <summary>Reads a property that is a parameter.</summary>
    public static CmdletParameter Of(PropertyInfo property)
    {
        var places = property.Attributes<ParameterAttribute>().ToList();
        return new CmdletParameter(property.Name, property.PropertyType)
        {
            DeclaringType = property.DeclaringType!,
            Aliases = [.. property.Attributes<AliasAttribute>().SelectMany(alias => alias.Items<string>())],
            Places = [.. places.Select(ParameterPlace.Of)],
            AcceptedValues = AcceptedBy(property),
            SupportsWildcards = property.Has<SupportsWildcardsAttribute>(),
            IsHidden = places.Exists(place => place.Named(nameof(ParameterAttribute.DontShow), false)),
            MakesCredential = property.Has<CredentialAttribute>(),
        };
    }

    /// <summary>How it can be given in a set; null if it cannot.</summary>
    public ParameterPlace? In(string set) => Places.SingleOrDefault(place => place.IsIn(set));

    private static IReadOnlyList<string> AcceptedBy(PropertyInfo property)
    {
        var listed = property.Attributes<ValidateSetAttribute>().SelectMany(set => set.Items<string>()).ToList();
        var type = ItemTypeOf(property.PropertyType);
        return listed.Count == 0 && type.IsEnum ? Enum.GetNames(type) : listed;
    }

    private static Type ItemTypeOf(Type type) => type.GetElementType() ?? Nullable.GetUnderlyingType(type) ?? type;
}
