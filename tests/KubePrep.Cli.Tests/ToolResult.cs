using System.Text.Json;

namespace KubePrep.Cli.Tests;

/// <summary>What a program ended with and printed.</summary>
internal sealed record ToolResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>How much of a stream a failed test shows.</summary>
    private const int Enough = 2500;

    /// <summary>Standard output and standard error together.</summary>
    public string Everything => Output + Error;

    /// <summary>Standard output as one JSON object a line; fails if a line is none.</summary>
    public IReadOnlyList<JsonElement> Rows => [.. Output.Split('\n')[..^1].Select(line => JsonElement.Parse(line))];

    public ToolResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"It ended with {ExitCode} and not {exitCode}:\n{this}");
        return this;
    }

    public override string ToString() => $"$ {Command}\n{Shorten(Output)}{Shorten(Error)}(exit code {ExitCode})";

    private static string Shorten(string text) => text.Length <= Enough ? text : $"{text[..Enough]} [...]\n";
}
