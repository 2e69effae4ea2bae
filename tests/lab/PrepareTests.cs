using System.Text.Json;

namespace KubePrep.Lab.Tests;

/// <summary>Bare nodes are brought to the default profile with real packages, and stay as they are when that is done again.</summary>
public sealed class PrepareTests(PreparedFleet fleet) : IClassFixture<PreparedFleet>
{
    private const string Prepared = "Packages=Changed Journal=Changed Swap=Compliant KernelModules=HostOwned Sysctl=Changed TimeSync=Compliant";

    private static readonly string[] JournalKeys =
        ["Storage", "SystemMaxUse", "SystemMaxFileSize", "MaxRetentionSec", "ForwardToSyslog", "ForwardToWall"];

    private PreparedFleet.Story Told => fleet.Told;

    [Fact]
    public void To_look_at_bare_nodes_writes_nothing_there()
    {
        Told.FirstCheck.Expect(1);
        Told.WhatIf.Expect(0);

        Assert.All(Told.Looked.Zip(Told.Bare), pair => Assert.Empty(pair.First.WritesSince(pair.Second)));
        Assert.All(Told.FirstCheck.Rows.Concat(Told.WhatIf.Rows), row => Assert.Equal("Drifted", row.Status()));
    }

    [Fact]
    public void What_if_tells_the_changes_that_are_made()
    {
        Assert.All(Told.Nodes, node => Assert.Equal(
            Told.First.Of(node).GetProperty("changes").GetRawText(), Told.WhatIf.Of(node).GetProperty("changes").GetRawText()));
    }

    [Fact]
    public void Bare_nodes_become_compliant()
    {
        Told.First.Expect(0);

        Assert.All(Told.First.Rows, row => Assert.Equal(("Changed", Prepared), (row.Status(), row.Summary())));
        Assert.All(Told.Nodes, node =>
        {
            var packages = Told.First.Of(node).Changes("InstallPackage").Select(change => change.Text("target"));
            Assert.All(packages, package => Assert.True(node.HasPackage(package), package));
            Assert.Equal("1", node.Sysctl("net.ipv4.ip_forward"));
            Assert.Contains("\nnet.ipv4.ip_forward = 1\n", node.ReadFile(NodeState.SysctlFile), StringComparison.Ordinal);
            var settings = node.JournalSettings();
            Assert.Equal(
                ["persistent", "2G", "200M", "2week", "no", "no"],
                JournalKeys.Select(key => settings[key]));
            node.Must("test -f /var/log/journal/$(cat /etc/machine-id)/system.journal");
            Assert.EndsWith("\nend good\n", node.RunJournals(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_hosts_parts_are_named_and_do_not_spoil_a_node()
    {
        var check = Told.Check().Expect(0);

        Assert.All(check.Rows, row =>
        {
            Assert.Equal(
                ("Compliant", "Packages=Compliant Journal=Compliant Swap=Compliant KernelModules=HostOwned Sysctl=HostOwned TimeSync=Compliant"),
                (row.Status(), row.Summary()));
            Assert.Contains("module overlay is not loaded", row.Reason("KernelModules"), StringComparison.Ordinal);
            Assert.Contains("vm.max_map_count is '", row.Reason("Sysctl"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_node_differs_from_one_with_the_same_packages_by_the_files_that_the_changes_name()
    {
        // the third node began as the control, but for the original file
        var changes = Told.First.Of(Told.Nodes[2]).Changes();
        var named = changes.Select(change => change.Text("target")).Where(target => target.StartsWith('/')).Concat(BackupsIn(changes));

        var different = Told.Prepared[2].DifferencesFrom(Told.ControlAfter).Except(["/etc/systemd/journald.conf.d"]);

        Assert.Equal(named.Order(StringComparer.Ordinal), different);
    }

    [Fact]
    public void The_first_original_of_a_file_is_kept_and_its_owner_and_mode_stay()
    {
        var (before, after, node) = (Told.Bare[1], Told.Prepared[1], Told.Nodes[1]);
        var backup = Assert.Single(BackupsIn(Told.First.Of(node).Changes()));

        Assert.Equal($"/var/backups/kubeprep{NodeState.SysctlFile}", backup);
        Assert.Equal(PreparedFleet.Story.Original, node.ReadFile(backup));
        Assert.Equal(before[NodeState.SysctlFile].Mode, after[NodeState.SysctlFile].Mode);
        Assert.Equal(before[NodeState.SysctlFile].Owner, after[NodeState.SysctlFile].Owner);
        Assert.Equal("drwx------", after["/var/backups/kubeprep"].Mode);
        Assert.Equal(
            ["/var/backups/kubeprep", "/var/backups/kubeprep/etc", "/var/backups/kubeprep/etc/sysctl.d", backup],
            after.Paths.Where(path => path.StartsWith("/var/backups/kubeprep", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_second_run_changes_and_writes_nothing_and_restarts_nothing()
    {
        Told.Second.Expect(0);

        Assert.All(Told.Second.Rows, row => Assert.Equal(("Compliant", 0), (row.Status(), row.Changes().Count)));
        Assert.All(Told.PreparedAgain.Zip(Told.Prepared), pair => Assert.Empty(pair.First.WritesSince(pair.Second)));
        Assert.Equal(Told.RunDirectoriesBefore, Told.RunDirectoriesAfter);
        Assert.Equal(Told.LivesBefore, Told.LivesAfter);
    }

    private static IEnumerable<string> BackupsIn(IEnumerable<JsonElement> changes) =>
        changes.Select(change => change.Text("backupPath")).Where(path => path.Length > 0);
}
