using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace KubePrep.Cli.Tests;

/// <summary><c>kubeprep sync-hosts</c>, and inventories, with this machine as the only node that is there.</summary>
public sealed class HostsFileTests : IDisposable
{
    private const string ThisMachine = "[kube_master]\nlocalhost ansible_connection=local k8s_nodename=cp-1 ip=192.0.2.7\n";
    private const string WithoutMaster = "[kube_node]\nn1\nn2\n";

    // in a mount namespace of its own, in which the machine's files are copies
    private const string Sandbox = """
        cp -a /etc "$scratch" && mount --bind "$scratch/etc" /etc || exit 99
        for directory in /run /var/backups; do mount -t tmpfs tmpfs "$directory" || exit 99; done
        printf '127.0.0.1 localhost\n127.0.1.1 cp-1\n' >/etc/hosts || exit 99

        """;

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, string[]> WrongArguments => new()
    {
        { "--inventory", [] },
        { "not both", ["n1", "--inventory", "hosts"] },
        { "no-such-inventory", ["--inventory", "no-such-inventory"] },
        { "--mode", ["n1", "--mode", "append"] },
        { "--mode", ["n1", "--mode"] },
        { "--master-node", ["n1", "--master-node"] },
        { "--prunee", ["n1", "--prunee"] },
        { "control-plane", ["n1", "n2"] },
        { "--master-node", ["n1", "--master-node", ""] }, // as good as none
    };

    public static TheoryData<string, string> WrongInventories => new()
    {
        { "line 2", "[kube_master]\nn1 ansible_port=ssh\n" },
        { "line 3", "[kube_master]\nn1\n[kube_node\n" },
        { "line 2", "[kube_master]\nn1 ansible_host={{ address }}\n" },
        { "line 3", "[kube_master]\nn1 k8s_nodename=a\nn2 k8s_nodename=a\n" },
        { "line 3", "---\nall:\n  hosts: [n1\n" },
    };

    [Theory]
    [MemberData(nameof(WrongArguments))]
    public void Refuses_a_command_line_that_cannot_be_carried_out_before_it_connects(string named, string[] arguments)
    {
        var result = WithoutConnecting(["sync-hosts", .. arguments]).Expect(2);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [MemberData(nameof(WrongInventories))]
    public void Names_the_file_and_the_line_of_an_inventory_that_is_wrong_and_connects_to_no_node(string line, string text)
    {
        var inventory = Write("hosts", text);
        foreach (var command in new[] { "check", "prepare", "sync-hosts" })
        {
            var result = WithoutConnecting(command, "--inventory", inventory).Expect(2);
            Assert.Contains($"{inventory}, {line}: ", result.Error, StringComparison.Ordinal);
            Assert.Contains("[InvalidInventory]", result.Error, StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }
    }

    [Theory]
    [InlineData("sync-hosts")]
    [InlineData("prepare")]
    [InlineData("prepare", "--what-if")]
    public void Wants_a_control_plane_node_before_it_connects(params string[] arguments)
    {
        var result = WithoutConnecting([.. arguments, "--inventory", Write("hosts", WithoutMaster)]).Expect(2);
        Assert.Contains("[MasterNodeMissing]", result.Error, StringComparison.Ordinal);
        Assert.Contains("--master-node", result.Error, StringComparison.Ordinal);
        Assert.Contains("--skip-hosts", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Needs_no_control_plane_node_where_the_hosts_files_are_left_alone()
    {
        var (result, calls) = Run("prepare", "--skip-hosts", "--what-if", "--json", "--inventory", Write("hosts", WithoutMaster));
        Assert.Equal(2, result.Rows.Count);
        Assert.All(result.Rows, row => Assert.True(row.TryGetProperty("steps", out _)));
        Assert.NotEmpty(calls);
    }

    [Fact]
    public void Shows_as_json_what_it_would_change_and_writes_nothing()
    {
        var before = File.ReadAllText("/etc/hosts");
        var result = Kubeprep.Run("sync-hosts", "--what-if", "--json", "--inventory", Write("hosts", ThisMachine)).Expect(0);
        Assert.Equal(before, File.ReadAllText("/etc/hosts"));

        var row = Assert.Single(result.Rows);
        Assert.Equal(
            ["node", "hostName", "status", "added", "changed", "removed", "durationSeconds", "changes", "warnings", "error"],
            row.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("cp-1", "localhost", "Drifted"), (Text(row, "node"), Text(row, "hostName"), row.Status()));
        Assert.Equal((1, 0, 0), (row.GetProperty("added").GetInt32(), row.GetProperty("changed").GetInt32(), row.GetProperty("removed").GetInt32()));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("error").ValueKind);
        var change = Assert.Single(row.GetProperty("changes").EnumerateArray());
        Assert.Equal(("HostsFile", "WriteFile", "/etc/hosts"), (Text(change, "step"), Text(change, "action"), Text(change, "target")));
        Assert.Contains("\n+192.0.2.7 ", Text(change, "diff"), StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_this_machine_as_an_argument_and_as_master_0()
    {
        Assert.SkipUnless(Tool.Run("ip", "route", "get", "192.0.2.1").ExitCode == 0, "needs a default route");
        var before = File.ReadAllText("/etc/hosts");
        var row = Assert.Single(Kubeprep.Run("sync-hosts", "--what-if", "--json", "localhost", "--master-node", "localhost").Expect(0).Rows);
        Assert.Equal(before, File.ReadAllText("/etc/hosts"));
        Assert.Equal("localhost", Text(row, "node"));
        Assert.Contains(row.Status(), (string[])["Drifted", "Compliant"]);

        var twice = Kubeprep.Run("sync-hosts", "--what-if", "--json", "localhost", "localhost", "--master-node", "localhost").Expect(1);
        Assert.Equal(["Skipped", "Skipped"], twice.Rows.Select(each => each.Status()));
        Assert.Contains("'localhost' is given twice", twice.Error, StringComparison.Ordinal);
        Assert.Contains("[HostsMapConflict]", twice.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_a_table_and_the_diffs_of_what_it_would_change()
    {
        var result = Kubeprep.Run("sync-hosts", "--what-if", "--inventory", Write("hosts", ThisMachine)).Expect(0);
        Assert.StartsWith("NODE  STATUS   ADDED  CHANGED  REMOVED  DURATION\ncp-1  Drifted  1      0        0        ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\ncp-1: HostsFile: WriteFile /etc/hosts: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n+# END KUBEPREP\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("error: ", result.Error, StringComparison.Ordinal); // warnings may be: the machine's own rows are as they are
    }

    [Fact]
    public void Ends_with_3_for_a_node_that_is_not_there_and_sends_nothing()
    {
        var result = Kubeprep.Run("sync-hosts", "--what-if", "--json", "--inventory", Write("hosts", $"{ThisMachine}{Away()}\n")).Expect(3);
        Assert.Equal(["Unreachable", "Skipped"], result.Rows.Select(row => row.Status()));
        Assert.Equal("ConnectionRefused", result.Rows[0].GetProperty("error").GetProperty("id").GetString());
        Assert.Contains("[HostsMapIncomplete]", result.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-partial", result.Error, StringComparison.Ordinal);

        var partial = Kubeprep.Run("sync-hosts", "--what-if", "--json", "--allow-partial", "--inventory", Write("hosts", $"{ThisMachine}{Away()}\n")).Expect(3);
        Assert.Equal(["Unreachable", "Drifted"], partial.Rows.Select(row => row.Status()));
        Assert.Contains("warning: The hosts map has no row of ", partial.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_the_hosts_file_once_and_copies_with_another_mode_too()
    {
        var result = Sandboxed("""
            "$kubeprep" sync-hosts --inventory "$inventory"; echo "exit $?"; cat /etc/hosts; echo "exit 0"
            inode=$(stat -c %i /etc/hosts)
            "$kubeprep" sync-hosts --inventory "$inventory"; echo "exit $?"
            "$kubeprep" sync-hosts --mode COPY --inventory "$inventory"; echo "exit $?"
            [ "$inode" = "$(stat -c %i /etc/hosts)" ] && cat /var/backups/kubeprep/etc/hosts
            """);
        var parts = result.Output.Split("exit 0\n");
        Assert.Equal(5, parts.Length);
        Assert.Contains("\ncp-1  Changed  1 ", parts[0], StringComparison.Ordinal);
        Assert.StartsWith("127.0.0.1 localhost\n#127.0.1.1 cp-1\n# BEGIN KUBEPREP\n# KubePrep ", parts[1], StringComparison.Ordinal);
        Assert.EndsWith("\n# END KUBEPREP\n", parts[1], StringComparison.Ordinal);
        Assert.Contains("\n192.0.2.7 ", parts[1], StringComparison.Ordinal);
        Assert.Contains("\ncp-1  Compliant  0 ", parts[2], StringComparison.Ordinal);
        Assert.Contains("\ncp-1  Compliant  0 ", parts[3], StringComparison.Ordinal);
        Assert.Equal("127.0.0.1 localhost\n127.0.1.1 cp-1\n", parts[4]);
        Assert.Contains("cp-1: HostsFile: write /etc/hosts\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepares_the_nodes_of_an_inventory_and_gives_them_their_names_unless_told_not_to()
    {
        var result = Sandboxed("""
            "$kubeprep" prepare --inventory "$inventory" --profile "$profile" --skip-hosts; echo "exit $?"; grep -c KUBEPREP /etc/hosts
            "$kubeprep" prepare --inventory "$inventory" --profile "$profile" --what-if --json; echo "exit $?"; grep -c KUBEPREP /etc/hosts
            "$kubeprep" prepare --inventory "$inventory" --profile "$profile"; echo "exit $?"; grep -c KUBEPREP /etc/hosts
            "$kubeprep" prepare localhost --profile "$profile"; echo "exit $?"
            """);
        var parts = result.Output.Split("exit 0\n");
        Assert.Equal(5, parts.Length);
        Assert.DoesNotContain("ADDED", parts[0], StringComparison.Ordinal);
        Assert.StartsWith("0\n", parts[1], StringComparison.Ordinal);
        Assert.Equal(2, parts[1].Split('\n').Count(line => line.StartsWith('{')));
        Assert.Matches("""(?m)^\{"node":"cp-1".*"steps":""", parts[1]);
        Assert.Matches("""(?m)^\{"node":"cp-1".*"status":"Drifted","added":1,""", parts[1]);
        Assert.StartsWith("0\n", parts[2], StringComparison.Ordinal);
        Assert.Contains("\ncp-1  Compliant ", parts[2], StringComparison.Ordinal);
        Assert.Contains("\ncp-1  Changed  1 ", parts[2], StringComparison.Ordinal);
        Assert.StartsWith("2\n", parts[3], StringComparison.Ordinal);
        Assert.DoesNotContain("ADDED", parts[3], StringComparison.Ordinal); // nodes that are arguments have no roles
    }

    [Fact]
    public void Names_no_node_that_has_no_name()
    {
        var before = File.ReadAllText("/etc/hostname");
        var result = Kubeprep.Run("prepare", "localhost", "--set-hostname", "--what-if", "--json", "--step", "Hostname").Expect(1);
        Assert.Equal(before, File.ReadAllText("/etc/hostname"));
        var row = Assert.Single(result.Rows);
        Assert.Equal(("Failed", "InvalidNode"), (row.Status(), row.GetProperty("error").GetProperty("id").GetString()));

        var named = Kubeprep.Run(
            "prepare", "--inventory", Write("hosts", ThisMachine), "--set-hostname", "--skip-hosts", "--what-if", "--json", "--step", "Hostname").Expect(0);
        Assert.Contains(
            Assert.Single(named.Rows).GetProperty("changes").EnumerateArray(),
            change => Text(change, "action") == "SetHostName" && Text(change, "value") == "cp-1");
    }

    [Fact]
    public void Help_names_every_option()
    {
        foreach (var (command, options) in new (string, string[])[]
        {
            ("sync-hosts", ["--inventory", "--master-node", "--mode", "--allow-partial", "--prune", "--what-if", "--json"]),
            ("prepare", ["--inventory", "--set-hostname", "--skip-hosts", "--what-if", "--json"]),
            ("check", ["--inventory", "--set-hostname", "--json"]),
        })
        {
            var help = Kubeprep.Run(command, "--help").Expect(0);
            Assert.All(options, option => Assert.Matches($@"(?m)^  {option} ", help.Output));
            Assert.Empty(help.Error);
        }

        Assert.Matches("(?m)^  sync-hosts ", Kubeprep.Run("--help").Expect(0).Output);
        Assert.DoesNotContain("HostsFile", Kubeprep.Run("prepare", "--help").Expect(0).Output, StringComparison.Ordinal); // it is no step of a preparation
        Assert.Contains("--step", Kubeprep.Run("prepare", "n1", "--step", "HostsFile").Expect(2).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    /// <summary>A node's address at which nothing listens.</summary>
    private static string Away()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1 ansible_port={((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private string Write(string name, string content)
    {
        File.WriteAllText(_directory[name], content);
        return _directory[name];
    }

    /// <summary>Runs it with an ssh that only writes down that it was called.</summary>
    private (ToolResult Result, string Calls) Run(params IEnumerable<string> arguments)
    {
        var calls = Write("calls", "");
        Tool.Must("chmod", "755", Write("ssh", $"#!/bin/sh\necho \"$@\" >>'{calls}'\nexit 255\n"));
        var result = Tool.Run("env", [$"PATH={_directory.Path}:{Environment.GetEnvironmentVariable("PATH")}", Kubeprep.Executable, .. arguments]);
        return (result, File.ReadAllText(calls));
    }

    private ToolResult WithoutConnecting(params IEnumerable<string> arguments)
    {
        var (result, calls) = Run(arguments);
        Assert.Empty(calls);
        return result;
    }

    private ToolResult Sandboxed(string script)
    {
        Tool.RequireRoot();
        Tool.Require("unshare");
        var variables = $"kubeprep='{Kubeprep.Executable}' inventory='{Write("hosts", ThisMachine)}' profile='{Write("profile.yaml", "packages: [bash]\n")}' scratch='{_directory.Path}'";
        return Tool.Run("unshare", "--mount", "sh", Write("script", $"{variables}\n{Sandbox}{script}\n")).Expect(0);
    }
}
