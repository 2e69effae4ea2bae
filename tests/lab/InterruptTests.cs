namespace KubePrep.Lab.Tests;

/// <summary>Ctrl+C ends the client at once and leaves nothing behind; the node stops after the step in hand.</summary>
public sealed class InterruptTests(Lab lab)
{
    private const string Profile = "packages: [media-types]\nsysctl:\n  net.ipv4.ip_forward: 1\n";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public void While_dpkg_works_it_is_not_disturbed_and_nothing_comes_after_it()
    {
        using var site = new Site(lab);
        var (gate, profile) = (new DpkgGate(site.Node), site.Profile(Profile));
        using var prepare = site.StartPrepare("--profile", profile);
        var dpkg = gate.AwaitDpkg();

        AssertInterrupted(site, prepare);

        Assert.Equal(dpkg, site.Node.Must("pidof dpkg").TrimEnd());
        gate.Open();
        Assert.Equal("stopped", site.Node.AwaitEnd());
        Assert.True(site.Node.HasPackage("media-types"));
        site.Node.Must($"test ! -e {NodeState.SysctlFile}");
        Assert.Equal("Packages=Compliant Sysctl=Changed TimeSync=Compliant", site.Prepare("--profile", profile, "--json").Expect(0).Of(site.Node).Summary());
    }

    [Fact]
    public void While_apt_waits_for_another_process_the_node_gives_up_waiting()
    {
        using var site = new Site(lab);
        var profile = site.Profile(Profile);
        using var held = new HeldLock(site.Node, HeldLock.Frontend);
        using var prepare = site.StartPrepare("--profile", profile);
        Wait.Until(() => prepare.Printed.Contains("waiting for another process", StringComparison.Ordinal), "it waits");

        AssertInterrupted(site, prepare);

        Assert.Equal("stopped", site.Node.AwaitEnd());
        held.Release();
        Assert.False(site.Node.HasPackage("media-types"));
        Assert.Equal("Packages=Changed Sysctl=Changed TimeSync=Compliant", site.Prepare("--profile", profile, "--json").Expect(0).Of(site.Node).Summary());
    }

    private static void AssertInterrupted(Site site, RunningTool prepare)
    {
        prepare.Signal("INT");
        var said = prepare.WaitForExit(Limit).Expect(130).Error;
        Assert.Contains("interrupted; nodes that were being changed finish the step in hand", said, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.EnumerateDirectories("/proc").Select(CommandLine),
            line => line.Contains(site.Controller.KnownHosts, StringComparison.Ordinal));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Join(process, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // no process, or one that has ended
        }
    }
}
