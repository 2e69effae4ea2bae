namespace KubePrep.ModuleTests;

/// <summary>A parameter, in the words of the help's format.</summary>
internal sealed record MamlParameter(
    string Name,
    string Type,
    string Position,
    string Required,
    string PipelineInput,
    string Globbing,
    string Aliases,
    string AcceptedValues,
    string Description)
{
    /// <summary>Puts a parameter, and what its page says of it, into those words.</summary>
    public static MamlParameter Of(CmdletParameter parameter, string description)
    {
        var place = parameter.Places[0];
        return new MamlParameter(
            parameter.Name,
            ParameterText.TypeName(parameter),
            place.Position?.ToString() ?? "Named",
            Word(place.IsRequired),
            (place.TakesObjects, place.TakesProperties) switch
            {
                (true, true) => "true (ByValue, ByPropertyName)",
                (true, false) => "true (ByValue)",
                (false, true) => "true (ByPropertyName)",
                (false, false) => "false",
            },
            Word(parameter.SupportsWildcards),
            parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases),
            string.Join(", ", parameter.AcceptedValues),
            description);
    }

    private static string Word(bool value) => value ? "true" : "false";
}
