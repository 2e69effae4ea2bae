namespace KubePrep.Core.Tests;

/// <summary>What an external program did.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);
