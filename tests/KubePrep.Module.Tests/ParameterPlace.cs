using System.Management.Automation;
using System.Reflection;

namespace KubePrep.ModuleTests;

/// <summary>How a parameter can be given in a parameter set.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="Position">Its position; null if it has to be named.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="TakesObjects">Whether objects of the pipeline are taken.</param>
/// <param name="TakesProperties">Whether properties of its name are taken from objects of the pipeline.</param>
internal sealed record ParameterPlace(string Set, int? Position, bool IsRequired, bool TakesObjects, bool TakesProperties)
{
    /// <summary>The name that PowerShell has for all sets together.</summary>
    public const string AllSets = ParameterAttribute.AllParameterSets;

    /// <summary>Reads the attribute that puts a parameter into a set.</summary>
    public static ParameterPlace Of(CustomAttributeData attribute) => new(
        attribute.Named(nameof(ParameterAttribute.ParameterSetName), AllSets),
        attribute.Named<int?>(nameof(ParameterAttribute.Position), null),
        attribute.Named(nameof(ParameterAttribute.Mandatory), false),
        attribute.Named(nameof(ParameterAttribute.ValueFromPipeline), false),
        attribute.Named(nameof(ParameterAttribute.ValueFromPipelineByPropertyName), false));

    /// <summary>Whether the parameter can be given in a set.</summary>
    public bool IsIn(string set) => Set == AllSets || Set == set;
}
