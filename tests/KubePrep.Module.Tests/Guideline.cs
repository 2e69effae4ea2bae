namespace KubePrep.ModuleTests;

/// <summary>A rule of Microsoft's cmdlet development guidelines.</summary>
/// <param name="Id">
/// The guideline's id, with a letter where it holds several rules. RD and RC are required, SD and SC strongly encouraged, AD and AC
/// advised; D is for design, C for code.
/// </param>
/// <param name="Rule">What it wants.</param>
/// <param name="Violations">What does not follow it.</param>
internal sealed record Guideline(string Id, string Rule, IEnumerable<string> Violations)
{
    /// <summary>The guidelines, as far as a program can judge them.</summary>
    public static IReadOnlyList<Guideline> All { get; } =
        [.. RequiredGuidelines.All, .. EncouragedGuidelines.All, .. AdvisedGuidelines.All];

    /// <summary>A rule for cmdlets as a whole.</summary>
    public static Guideline OfCmdlets(string id, string rule, Func<CmdletClass, bool> isFollowed) =>
        new(id, rule, CmdletClass.All.Where(cmdlet => !isFollowed(cmdlet)).Select(cmdlet => cmdlet.Name));

    /// <summary>A rule for parameters. One that several cmdlets have from a base class is named once.</summary>
    public static Guideline OfParameters(string id, string rule, Func<CmdletParameter, bool> isFollowed) =>
        new(id, rule, CmdletClass.All.SelectMany(cmdlet => cmdlet.Parameters)
            .Where(parameter => !isFollowed(parameter))
            .Select(parameter => $"{parameter.DeclaringType.Name}.{parameter.Name}")
            .Distinct());

    /// <summary>A rule for parameter sets.</summary>
    public static Guideline OfSets(string id, string rule, Func<CmdletClass, string, bool> isFollowed) =>
        new(id, rule, CmdletClass.All.SelectMany(cmdlet => cmdlet.SetNames
            .Where(set => !isFollowed(cmdlet, set))
            .Select(set => $"{cmdlet.Name}, set {set}")));

    public override string ToString() => $"{Id}: {Rule}";
}
