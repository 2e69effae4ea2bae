namespace KubePrep.Lab.Tests;

/// <summary>What may stand in apt's and dpkg's way on a node.</summary>
public sealed class PackageFaultTests(Lab lab)
{
    [Fact]
    public void A_held_package_is_named_and_the_others_are_installed()
    {
        using var site = new Site(lab);
        var profile = site.Profile("packages: [media-types, netbase]\n");
        site.Node.Must("apt-get update && apt-mark hold netbase");

        var check = site.Check("--profile", profile, "--json").Expect(1).Of(site.Node);
        var prepare = site.Prepare("--profile", profile, "--json").Expect(1).Of(site.Node);

        Assert.Contains("The package netbase is missing, and held", check.Reason("Packages"), StringComparison.Ordinal);
        Assert.Equal(("Failed", "StepFailed"), (prepare.Step("Packages"), prepare.Error()));
        Assert.Contains("The package netbase is missing, and held", prepare.Reason("Packages"), StringComparison.Ordinal);
        Assert.Equal((true, false), (site.Node.HasPackage("media-types"), site.Node.HasPackage("netbase")));
    }

    [Fact]
    public void A_package_that_there_is_not_is_named_once_and_the_other_steps_go_on()
    {
        using var site = new Site(lab);
        var profile = site.Profile("extends: default\nproxyMode: iptables\npackages: [no-such-package]\n");

        var row = site.Prepare("--profile", profile, "--step", "Packages,Sysctl", "--json").Expect(1).Of(site.Node);

        Assert.Equal("Packages=Failed Sysctl=Changed", row.Summary());
        Assert.EndsWith(" no-such-package: E: Unable to locate package no-such-package", row.Reason("Packages"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_that_cannot_be_reached_is_named()
    {
        using var site = new Site(lab);
        var profile = site.Profile("packages: [media-types]\n");
        site.Node.Must("sed -i 's/:8080/:9/' /etc/apt/sources.list");

        var row = site.Prepare("--profile", profile, "--json").Expect(1).Of(site.Node);

        Assert.Contains("Failed to fetch http://10.77.0.1:9/", row.Reason("Packages"), StringComparison.Ordinal);
        Assert.Contains("Unable to locate package media-types", row.Reason("Packages"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HeldLock.Frontend)]
    [InlineData(HeldLock.Lists)]
    public void A_lock_that_another_process_holds_is_waited_for(string path)
    {
        using var site = new Site(lab);
        using var held = new HeldLock(site.Node, path);
        using var prepare = site.StartPrepare("--profile", site.Profile("packages: [media-types]\n"), "--json");

        AwaitWaiting(prepare, 1);
        Assert.False(site.Node.HasPackage("media-types"));
        held.Release();

        Assert.Equal("Changed", prepare.WaitForExit(TimeSpan.FromMinutes(2)).Expect(0).Of(site.Node).Step("Packages"));
        Assert.True(site.Node.HasPackage("media-types"));
    }

    [Fact]
    public void An_interrupted_dpkg_is_repaired_also_while_another_process_holds_its_lock()
    {
        using var site = new Site(lab);
        Unpack(site.Node, "netbase");
        using var held = new HeldLock(site.Node, HeldLock.Frontend);
        using var prepare = site.StartPrepare("--profile", site.Profile("packages: [netbase]\n"), "--json");

        AwaitWaiting(prepare, 1);
        held.Release();

        Assert.Equal("Changed", prepare.WaitForExit(TimeSpan.FromMinutes(2)).Expect(0).Of(site.Node).Step("Packages"));
        Assert.True(site.Node.HasPackage("netbase"));
    }

    [Fact]
    public void A_dpkg_that_was_killed_is_repaired_though_no_package_lists_are_there()
    {
        using var site = new Site(lab);
        var profile = site.Profile("packages: [netbase]\n");
        KillWhileUnpacking(site.Node, "media-types");
        Assert.Equal("iHR", site.Node.Must("dpkg-query --show --showformat='${db:Status-Abbrev}' media-types"));
        Assert.Equal("", site.Node.Must("find /var/lib/apt/lists -name '*_Packages'"));

        var check = site.Check("--profile", profile, "--json").Expect(1).Of(site.Node);
        var prepare = site.Prepare("--profile", profile, "--json").Expect(0).Of(site.Node);

        Assert.Contains("dpkg was interrupted in media-types", check.Reason("Packages"), StringComparison.Ordinal);
        Assert.Equal("Changed", prepare.Step("Packages"));
        Assert.Equal((true, true), (site.Node.HasPackage("media-types"), site.Node.HasPackage("netbase")));
        Assert.Equal("", site.Node.Must("dpkg --audit"));
    }

    [Fact]
    public void A_package_without_its_dependencies_gets_them()
    {
        using var site = new Site(lab);
        Unpack(site.Node, "conntrack");

        site.Prepare("--profile", site.Profile("packages: [conntrack]\n")).Expect(0);

        site.Node.Must("conntrack --version");
    }

    [Fact]
    public void A_full_disk_fails_what_it_must_and_the_other_nodes_finish()
    {
        using var site = new Site(lab, 3);
        var full = site.Nodes[1];
        var profile = site.Profile("packages: [media-types]\njournal:\n  SystemMaxUse: 2G\nsysctl:\n  net.ipv4.ip_forward: 1\n");
        full.WriteFile(NodeState.SysctlFile, "# mine\n");
        full.LimitDisk("64M");
        Assert.Contains("No space left", full.Run("head --bytes=100M /dev/zero > /srv/zeros").Error, StringComparison.Ordinal);

        var result = site.Prepare("--profile", profile, "--json").Expect(1);

        Assert.Equal(["Changed", "Failed", "Changed"], site.Nodes.Select(node => result.Of(node).Status()));
        Assert.Equal("Packages=Failed Journal=Failed Sysctl=Failed TimeSync=Compliant", result.Of(full).Summary());
        Assert.Contains("No space left on device", result.Of(full).Reason("Journal"), StringComparison.Ordinal);
        Assert.Contains("No space left on device", result.Of(full).Reason("Sysctl"), StringComparison.Ordinal);
        Assert.Contains("space", result.Of(full).Reason("Packages"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\nfailed Journal write ", full.RunJournals(), StringComparison.Ordinal);
        Assert.Equal("# mine\n", full.ReadFile(NodeState.SysctlFile));
        Assert.Equal("", full.Must("find /etc -name '*.kubeprep-*'"));

        full.Must("rm /srv/zeros");
        Assert.Equal("Changed", site.Prepare("--profile", profile, "--json").Expect(0).Of(full).Status());
        Assert.Equal("# mine\n", full.ReadFile($"/var/backups/kubeprep{NodeState.SysctlFile}"));
    }

    [Fact]
    public void A_file_that_somebody_edits_meanwhile_is_not_overwritten()
    {
        using var site = new Site(lab, 3);
        var (edited, made, deleted) = (site.Nodes[0], site.Nodes[1], site.Nodes[2]);
        var profile = site.Profile("packages: [media-types]\nsysctl:\n  net.ipv4.ip_forward: 1\n");
        edited.WriteFile(NodeState.SysctlFile, "# first\n");
        deleted.WriteFile(NodeState.SysctlFile, "# first\n");
        var locks = site.Nodes.Select(node => new HeldLock(node, HeldLock.Frontend)).ToList();
        using var prepare = site.StartPrepare("--profile", profile, "--json");
        AwaitWaiting(prepare, site.Nodes.Count);

        edited.WriteFile(NodeState.SysctlFile, "# second\n");
        made.WriteFile(NodeState.SysctlFile, "# new\n");
        deleted.Must($"rm {NodeState.SysctlFile}");
        locks.ForEach(held => held.Release());
        locks.ForEach(held => held.Dispose());

        var result = prepare.WaitForExit(TimeSpan.FromMinutes(2)).Expect(1);
        Assert.All(site.Nodes, node => Assert.Equal("Packages=Changed Sysctl=Failed TimeSync=Compliant", result.Of(node).Summary()));
        AssertReason(edited, "changed");
        AssertReason(made, "changed");
        AssertReason(deleted, "deleted");
        Assert.Equal(("# second\n", "# new\n"), (edited.ReadFile(NodeState.SysctlFile), made.ReadFile(NodeState.SysctlFile)));
        deleted.Must($"test ! -e {NodeState.SysctlFile}");

        site.Prepare("--profile", profile).Expect(0);
        Assert.Equal("# second\n", edited.ReadFile($"/var/backups/kubeprep{NodeState.SysctlFile}"));

        void AssertReason(FleetNode node, string what) => Assert.Contains(
            $"{NodeState.SysctlFile} was {what} by somebody else just now", result.Of(node).Reason("Sysctl"), StringComparison.Ordinal);
    }

    private static void AwaitWaiting(RunningTool prepare, int count) => Wait.Until(
        () => prepare.Printed.Split("Packages: waiting for another process that uses apt").Length == count + 1, "all say that they wait");

    /// <summary>Leaves a package as dpkg does that ends between its two steps, or is not given what the package depends on.</summary>
    private static void Unpack(FleetNode node, string package) => node.Must($"dpkg --unpack {Fetch(node, package)}");

    /// <summary>Kills dpkg while it reads a package's files.</summary>
    private static void KillWhileUnpacking(FleetNode node, string package)
    {
        var file = Fetch(node, package);
        node.Must("mkdir /srv/killer");
        node.WriteFile(
            "/srv/killer/dpkg-deb",
            """
            #!/bin/sh
            case $1 in --fsys-tarfile) kill -s KILL "$PPID"; exit 1 ;; esac
            exec /usr/bin/dpkg-deb "$@"
            """);
        node.Must("chmod 755 /srv/killer/dpkg-deb");
        Assert.NotEqual(0, node.Run($"PATH=/srv/killer:$PATH dpkg --unpack {file}").ExitCode);
    }

    /// <summary>Puts a package's file on a node, as apt would have left it.</summary>
    private static string Fetch(FleetNode node, string package)
    {
        var file = Directory.EnumerateFiles(Path.Join(Lab.Directory, "repository"), $"{package}_*.deb").Single();
        var copy = Path.Join("/srv", Path.GetFileName(file));
        File.Copy(file, Path.Join(node.Root, copy));
        return copy;
    }
}
