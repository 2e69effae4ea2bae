namespace KubePrep.Cli.Tests;

/// <summary>Runs other programs, and says whether they are there.</summary>
internal static class Tool
{
    /// <summary>Nothing a test runs takes this long; what does, hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs a program to its end.</summary>
    public static ToolResult Run(string program, params IEnumerable<string> arguments)
    {
        using var running = new RunningTool(program, arguments);
        return running.WaitForExit(Limit);
    }

    /// <summary>Runs a program that has to succeed, and gives what it printed.</summary>
    public static string Must(string program, params IEnumerable<string> arguments) => Run(program, arguments).Expect(0).Output;

    /// <summary>Skips the test if this machine lacks a program.</summary>
    public static void Require(params IEnumerable<string> programs)
    {
        var missing = programs.Where(program => !IsInstalled(program)).ToList();
        Assert.SkipUnless(missing.Count == 0, $"needs {string.Join(", ", missing)}, which is not installed");
    }

    /// <summary>Skips the test if it is not run by root.</summary>
    public static void RequireRoot() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(directory => File.Exists(Path.Join(directory, program)));
}
