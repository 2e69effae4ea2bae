namespace KubePrep.Lab.Tests;

/// <summary>A lock on a node that is held as apt and dpkg hold theirs, by a process of its own, until it is released.</summary>
internal sealed class HeldLock : IDisposable
{
    public const string Frontend = "/var/lib/dpkg/lock-frontend";
    public const string Lists = "/var/lib/apt/lists/lock";

    private const string Script =
        """
        open(my $file, "+>>", $ARGV[0]) or die; my $lock = pack("ssx4qqix4", F_WRLCK, 0, 0, 0, 0);
        fcntl($file, F_SETLK, $lock) or die; $| = 1; print "held\n"; <STDIN>
        """;

    private readonly RunningTool _holder;

    public HeldLock(LabNode node, string path)
    {
        _holder = node.Start($"perl -MFcntl -e '{Script}' {path}");
        Wait.Until(() => _holder.Printed.Contains("held", StringComparison.Ordinal), $"{path} is held");
    }

    public void Release() => _holder.WaitForExit(TimeSpan.FromMinutes(1)).Expect(0);

    public void Dispose() => _holder.Dispose();
}
