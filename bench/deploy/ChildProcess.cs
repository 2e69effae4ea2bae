using System.Diagnostics;

namespace KubePrep.Bench.Deploy;

/// <summary>Runs programs that have to succeed.</summary>
internal static class ChildProcess
{
    public static Sample Run(string program, params IEnumerable<string> arguments)
    {
        var cpu = NativeMethods.ChildrenCpu();
        var start = Stopwatch.GetTimestamp();
        Output(program, arguments);
        return new Sample(Stopwatch.GetElapsedTime(start), NativeMethods.ChildrenCpu() - cpu);
    }

    public static string Output(string program, params IEnumerable<string> arguments)
    {
        var options = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(options)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{output}{errors.Result}");
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));
}
