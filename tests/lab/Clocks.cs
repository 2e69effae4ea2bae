using System.Globalization;

namespace KubePrep.Lab.Tests;

/// <summary>Runs the commands about clocks, and does to machines' clocks what those are to find.</summary>
internal static class Clocks
{
    /// <summary>Nobody's limit: a machine without hardware acceleration takes a minute to install a daemon, and a daemon one to give up.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Steps the clock at once by the kernel's own means, so that no time passes between a look at it and its setting.</summary>
    private const string Shift = """
        my ($seconds, $nanoseconds) = @ARGV;
        # struct timex: modes ADJ_SETOFFSET and ADJ_NANO; the time stands behind the tolerance
        my $timex = pack 'L x4 q4 l x4 q3 q2 x120', 0x2100, (0) x 8, $seconds, $nanoseconds;
        syscall(159, $timex) >= 0 or die "adjtimex: $!";
        """;

    /// <summary>Runs <c>kubeprep time</c> to its end.</summary>
    public static ToolResult Time(this Controller controller, IEnumerable<LabNode> nodes, params IEnumerable<string> more) =>
        controller.Clock("time", [.. nodes.Select(Site.AddressOf), .. more]);

    /// <summary>Runs <c>kubeprep sync-time</c> to its end.</summary>
    public static ToolResult SyncTime(this Controller controller, IEnumerable<LabNode> nodes, params IEnumerable<string> more) =>
        controller.Clock("sync-time", [.. nodes.Select(Site.AddressOf), .. more]);

    /// <summary>Runs a command about clocks to its end.</summary>
    public static ToolResult Clock(this Controller controller, string command, params IEnumerable<string> arguments)
    {
        using var running = controller.Start(
            Controller.Kubeprep, [command, "--known-hosts", controller.KnownHosts, "--key-file", Lab.KeyFile, "--json", .. arguments]);
        return running.WaitForExit(Limit);
    }

    /// <summary>Steps a machine's clock by exactly so many seconds.</summary>
    public static void StepClock(this Machine machine, decimal seconds)
    {
        var whole = decimal.Floor(seconds);
        var rest = decimal.Round((seconds - whole) * 1_000_000_000);
        machine.Must(string.Create(CultureInfo.InvariantCulture, $"perl - {whole} {rest} <<'PERL'\n{Shift}\nPERL"));
    }

    /// <summary>Whether the kernel that all containers here share says that something keeps its clock.</summary>
    public static bool IsHostSynchronized()
    {
        const string Ask = """my $timex = "\0" x 208; print syscall(159, $timex) >= 0 && (unpack 'L x4 q3', $timex)[3] < 16_000_000 ? 'yes' : 'no'""";
        return Tool.Must("perl", "-e", Ask) == "yes";
    }
}
