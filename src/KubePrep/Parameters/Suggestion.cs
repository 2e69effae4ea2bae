namespace KubePrep.Parameters;

/// <summary>A value that is offered where one is being typed.</summary>
/// <param name="Value">The value.</param>
/// <param name="ToolTip">What it is, or where it comes from.</param>
internal sealed record Suggestion(string Value, string ToolTip)
{
    /// <summary>What else may be typed for it.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>Whether it is one of KubePrep's own words, such as 30d: a number to PowerShell's parser, and yet in no need of quotation marks.</summary>
    public bool IsWord { get; init; }
}
