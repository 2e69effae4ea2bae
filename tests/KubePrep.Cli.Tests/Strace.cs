using System.Globalization;
using System.Text.RegularExpressions;

namespace KubePrep.Cli.Tests;

/// <summary>Runs kubeprep under strace, to see its system calls or to make one of them go wrong.</summary>
internal static partial class Strace
{
    /// <summary>What a process that SIGKILL ended leaves as its exit code.</summary>
    public const int Killed = 128 + 9;

    private static readonly int[] AllowedCpus = ReadAllowedCpus();
    private static int _runs;

    /// <summary>Skips the test where strace is not to be had.</summary>
    public static void Require() => Tool.Require("strace", "taskset");

    /// <summary>
    /// Runs a deploy and kills it as it enters the n-th of some system calls. (On entry, as strace 6.1 does it, the call is not carried
    /// out; with another strace it may be. With --seccomp-bpf, strace 6.1 loses the signal altogether.)
    /// </summary>
    /// <param name="calls">The system calls, by their names.</param>
    /// <param name="n">Which of them, from 1.</param>
    /// <param name="arguments">kubeprep's.</param>
    /// <param name="path">If given, only calls about this path count.</param>
    public static ToolResult KillAt(string calls, int n, IEnumerable<string> arguments, string? path = null) =>
        Inject(calls, string.Create(CultureInfo.InvariantCulture, $"signal=KILL:when={n}"), arguments, path);

    /// <summary>Runs kubeprep while some of its system calls are tampered with.</summary>
    public static ToolResult Inject(string calls, string fault, IEnumerable<string> arguments, string? path = null)
    {
        using var directory = new TemporaryDirectory();
        string[] only = path is null ? [] : [$"--trace-path={path}"];
        return Tool.Run(
            "taskset", [.. Prefix(), $"--trace={calls}", $"--inject={calls}:{fault}", .. only, "-o", directory["log"], Kubeprep.Executable, .. arguments]);
    }

    /// <summary>Starts kubeprep so that it stops, as by Ctrl+Z, once it has tried to open a path; returns when it has.</summary>
    /// <param name="path">The path.</param>
    /// <param name="log">Where strace may write.</param>
    /// <param name="arguments">kubeprep's.</param>
    public static RunningTool StopAt(string path, string log, IEnumerable<string> arguments)
    {
        var running = new RunningTool(
            "taskset",
            [.. Prefix(), "--trace=openat", $"--trace-path={path}", "--inject=openat:signal=STOP:when=1", "-o", log, Kubeprep.Executable, .. arguments]);
        Wait.Until(() => running.HasExited || StoppedThread(log) is not null, $"kubeprep opens {path}");
        return running;
    }

    /// <summary>Lets what <see cref="StopAt"/> stopped go on.</summary>
    public static void Continue(string log) => Tool.Must("kill", "-s", "CONT", StoppedThread(log)!);

    /// <summary>Runs a command that ends up as kubeprep, and gives its system calls in the order of their completion.</summary>
    public static IReadOnlyList<SystemCall> Trace(string calls, params IEnumerable<string> command)
    {
        using var directory = new TemporaryDirectory();
        Tool.Run("taskset", [.. Prefix(), "--seccomp-bpf", "--decode-fds=path", $"--trace={calls}", "-o", directory["log"], .. command]).Expect(0);
        return Parse(File.ReadLines(directory["log"]));
    }

    /// <summary>On one processor, the many switches between strace and what it watches cost a fifth of what they do on several.</summary>
    private static string[] Prefix()
    {
        var cpu = AllowedCpus[(int)((uint)Interlocked.Increment(ref _runs) % AllowedCpus.Length)];
        return ["--cpu-list", cpu.ToString(CultureInfo.InvariantCulture), "strace", "--follow-forks", "-qq"];
    }

    private static int[] ReadAllowedCpus()
    {
        const string Field = "Cpus_allowed_list:";
        var list = File.ReadLines("/proc/self/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal))[Field.Length..];
        return
        [
            .. list.Split(',').SelectMany(range =>
            {
                var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
                return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
            }),
        ];
    }

    /// <summary>Puts together the two halves of calls during which another thread's were shown.</summary>
    private static List<SystemCall> Parse(IEnumerable<string> log)
    {
        var calls = new List<SystemCall>();
        var unfinished = new Dictionary<string, string>();
        foreach (var line in log)
        {
            var (thread, text) = (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[line.IndexOf(' ', StringComparison.Ordinal)..].Trim());
            if (Unfinished.Match(text) is { Success: true } start)
            {
                unfinished[thread] = start.Groups[1].Value;
                continue;
            }

            if (Resumed.Match(text) is { Success: true } end && unfinished.Remove(thread, out var beginning))
            {
                text = beginning + end.Groups[1].Value;
            }

            if (Whole.Match(text) is { Success: true } call)
            {
                calls.Add(new SystemCall(call.Groups[1].Value, call.Groups[2].Value, call.Groups[3].Value));
            }
        }

        return calls;
    }

    private static string? StoppedThread(string log) =>
        File.Exists(log) && Stopped.Match(File.ReadAllText(log)) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^(\d+) +--- stopped by SIGSTOP", RegexOptions.Multiline)]
    private static partial Regex Stopped { get; }

    [GeneratedRegex(@"^(.*?) *<unfinished \.\.\.>$")]
    private static partial Regex Unfinished { get; }

    [GeneratedRegex(@"^<\.\.\. \w+ resumed>(.*)$")]
    private static partial Regex Resumed { get; }

    [GeneratedRegex(@"^(\w+)\((.*)\) += (.*)$")]
    private static partial Regex Whole { get; }
}
