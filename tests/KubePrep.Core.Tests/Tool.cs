using System.Diagnostics;

namespace KubePrep.Core.Tests;

/// <summary>Runs the independent programs that results are compared with.</summary>
internal static class Tool
{
    /// <summary>Skips the test where a program is not installed.</summary>
    public static void Require(params string[] names)
    {
        foreach (var name in names)
        {
            Assert.SkipUnless(IsInstalled(name), $"{name} is not installed");
        }
    }

    /// <summary>Runs a program that is expected to succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static string Run(string name, params IEnumerable<string> arguments)
    {
        var result = Try(name, input: "", arguments);
        Assert.True(
            result.ExitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Error}{result.Output}");
        return result.Output;
    }

    /// <summary>Runs a program, however it ends.</summary>
    public static ToolResult Try(string name, string input, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("KUBECONFIG");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static bool IsInstalled(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Join(directory, name)));
}
