using System.Globalization;

namespace KubePrep.Cli.Tests;

/// <summary>A small disk of its own, mounted for one test.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private Tmpfs()
    {
    }

    /// <summary>Where the cluster goes.</summary>
    public string Cluster => _directory["cluster"];

    /// <summary>How many pages (of 4 KiB) are in use.</summary>
    public int UsedPages => Used("%b", "%f");

    /// <summary>How many files and directories there are.</summary>
    public int UsedInodes => Used("%c", "%d");

    /// <summary>Mounts one, or skips the test where that is not to be had.</summary>
    public static Tmpfs Mount(string options)
    {
        Tool.RequireRoot();
        Tool.Require("mount", "umount", "stat");
        var tmpfs = new Tmpfs();
        var mounted = Tool.Run("mount", "-t", "tmpfs", "-o", options, "kubeprep-tests", tmpfs._directory.Path);
        if (mounted.ExitCode != 0)
        {
            tmpfs._directory.Dispose();
            Assert.Skip($"needs to mount a tmpfs, which this machine refuses: {mounted.Error}");
        }

        return tmpfs;
    }

    /// <summary>Changes its limits.</summary>
    public void Resize(string options) => Tool.Must("mount", "-o", $"remount,{options}", _directory.Path);

    public void Dispose()
    {
        Tool.Must("umount", _directory.Path);
        _directory.Dispose();
    }

    private int Used(string total, string free)
    {
        var numbers = Tool.Must("stat", "--file-system", $"--format={total} {free}", _directory.Path).Split(' ');
        return int.Parse(numbers[0], CultureInfo.InvariantCulture) - int.Parse(numbers[1], CultureInfo.InvariantCulture);
    }
}
