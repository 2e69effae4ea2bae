using System.Text.RegularExpressions;

namespace KubePrep.Cli.Tests;

/// <summary>A system call as strace shows it.</summary>
internal sealed partial record SystemCall(string Name, string Arguments, string Result)
{
    public bool Succeeded => !Result.StartsWith('-');

    /// <summary>The paths it names, and those of its descriptors.</summary>
    public IReadOnlyList<string> Paths => [.. Path.Matches(Arguments).Select(match => match.Groups[1].Value + match.Groups[2].Value)];

    [GeneratedRegex("\"([^\"]*)\"|<(/[^>]*)>")]
    private static partial Regex Path { get; }

    public override string ToString() => $"{Name}({Arguments}) = {Result}";
}
