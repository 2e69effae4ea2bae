using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace KubePrep.Cli.Tests;

public sealed class UserTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string[] Suffixes = [".pem", "-key.pem", ".kubeconfig", "-rbac.yaml"];

    [Fact]
    public void Users_are_made_listed_and_removed()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);

        var made = New(cluster, "ada", "bob", "--role", "EDIT", "--namespace", "dev", "--lifetime", "8h", "--json").Expect(0).Rows;
        Assert.Equal(["ada", "bob"], made.Select(row => NameOf(row)[..3]));
        Assert.All(made, row => Assert.Equal(("Created", "edit", "dev"), (row.Status(), row.GetProperty("role").GetString(), row.GetProperty("namespace").GetString())));
        Assert.All(made, row => Assert.Equal($"{cluster}/ssl/users/{NameOf(row)}.kubeconfig", row.FilePath()));
        Kubeprep.MustVerify(cluster);

        var listed = Users(cluster).Expect(0).Rows;
        Assert.Equal(made.Select(NameOf).Order(StringComparer.Ordinal), listed.Select(NameOf));
        Assert.All(listed, row => Assert.Equal(("Active", "edit"), (row.Status(), row.GetProperty("role").GetString())));

        var removed = Remove(cluster, "ada-*", "--json").Expect(0);
        Assert.Equal(("Removed", NameOf(made[0])), (Assert.Single(removed.Rows).Status(), NameOf(removed.Rows[0])));
        Assert.Contains($"kubectl delete rolebinding kubeprep:{NameOf(made[0])} -n dev", removed.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be revoked", removed.Error, StringComparison.Ordinal);
        Assert.Equal(NameOf(made[1]), NameOf(Assert.Single(Users(cluster).Expect(0).Rows)));
        Assert.All(Suffixes, suffix => Assert.True(File.Exists($"{removed.Rows[0].GetProperty("backupPath").GetString()}/ssl/users/{NameOf(made[0])}{suffix}")));
    }

    [Fact]
    public void One_name_that_cannot_be_used_does_not_stop_the_others()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var result = New(cluster, "ada", "no/good", "system:bob", "eve", "--role", "view").Expect(2);
        Assert.Contains("'no/good'", result.Error, StringComparison.Ordinal);
        Assert.Contains("'system:bob'", result.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?s)NAME .*\nada-\w{8}  view .*\neve-\w{8}  view ", result.Output);
        var users = Users(cluster).Expect(0).Rows.Select(NameOf).ToList();
        Assert.Equal(2, users.Count);
        var removal = Remove(cluster, "nobody", users[0]).Expect(1);
        Assert.Contains($"Users here: {users[0]}, {users[1]}", removal.Error, StringComparison.Ordinal);
        Assert.Equal([users[1]], Users(cluster).Expect(0).Rows.Select(NameOf));
    }

    [Theory]
    [InlineData("--role", "ada")]
    [InlineData("--role", "ada", "--role", "root")]
    [InlineData("--role", "ada", "--role", "0")]
    [InlineData("--lifetime", "ada", "--role", "view", "--lifetime", "1x")]
    [InlineData("--key-algorithm", "ada", "--role", "view", "--key-algorithm", "Rsa1024")]
    [InlineData("argument", "--role", "view")]
    [InlineData("namespace", "ada", "--role", "view", "--namespace", "Dev/1")]
    [InlineData("namespace", "ada", "--role", "view", "--namespace", "")]
    [InlineData("user name", "", "--role", "view")]
    public void What_cannot_be_used_exits_with_2_and_writes_nothing(string named, params string[] arguments)
    {
        var before = Tree.Of(deployed.Path);
        var result = New(deployed.Path, arguments).Expect(2);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(before, Tree.Of(deployed.Path));
    }

    [Theory]
    [InlineData("new-user", "--role", "view", "ada", "--whatif")]
    [InlineData("remove-user", "*", "--what")]
    public void A_mistyped_option_is_no_name(string command, params string[] arguments)
    {
        var before = Tree.Of(deployed.Path);
        Assert.Contains("There is no option", Kubeprep.Run([command, "--cluster-directory", deployed.Path, .. arguments]).Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal(before, Tree.Of(deployed.Path));
    }

    [Fact]
    public void What_concerns_all_users_stops_the_run_and_is_said_once()
    {
        using var directory = new TemporaryDirectory();
        var result = New(directory["missing"], "ada", "bob", "--role", "view").Expect(1);
        Assert.Single(result.Error.Split("[ClusterDirectoryNotFound]")[1..]);
        Assert.False(Path.Exists(directory["missing"]));
    }

    [Fact]
    public void A_plan_changes_nothing()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var name = NameOf(New(cluster, "ada", "--role", "view", "--json").Expect(0).Rows[0]);
        var before = Tree.Of(cluster);
        Assert.Equal("WouldCreate", New(cluster, "bob", "--role", "view", "--what-if", "--json").Expect(0).Rows[0].Status());
        Assert.Equal("WouldRemove", Remove(cluster, name, "--what-if", "--json").Expect(0).Rows[0].Status());
        Assert.Equal(before, Tree.Of(cluster));
    }

    [Fact]
    public void A_damaged_user_is_listed_with_what_is_wrong_and_exits_with_1()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var name = NameOf(New(cluster, "ada", "--role", "view", "--json").Expect(0).Rows[0]);
        File.Delete($"{cluster}/ssl/users/{name}-key.pem");
        var listed = Kubeprep.Run("users", "--cluster-directory", cluster).Expect(1);
        Assert.Matches($@"{name}  view .*Damaged .*{name}-key\.pem' is missing", listed.Output);
    }

    [Fact]
    public void Eight_processes_at_once_make_users_of_one_name_without_losing_a_file_or_a_line()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var lines = File.ReadAllLines(Ledger(cluster)).Length;
        string[] arguments = ["new-user", "jane", "jane", "jane", "--cluster-directory", cluster, "--role", "view", "--json"];
        var running = Enumerable.Range(0, 8).Select(_ => new RunningTool(Kubeprep.Executable, arguments)).ToList();
        try
        {
            var rows = running.SelectMany(tool => tool.WaitForExit(Limit).Expect(0).Rows).ToList();
            Assert.Equal(24, rows.Select(NameOf).Distinct().Count());
            Assert.Equal(
                rows.Select(row => row.GetProperty("serialNumber").GetString()).Order(StringComparer.Ordinal),
                File.ReadLines(Ledger(cluster)).Skip(lines).Select(line => JsonElement.Parse(line).GetProperty("serialNumber").GetString()).Order(StringComparer.Ordinal));
        }
        finally
        {
            running.ForEach(tool => tool.Dispose());
        }

        var listed = Users(cluster).Expect(0).Rows;
        Assert.Equal(24, listed.Count(row => row.Status() == "Active"));
        Assert.Equal(96, Directory.GetFiles($"{cluster}/ssl/users").Length);
        ClusterFiles.ExpectNoLeftovers(cluster);
        ClusterFiles.ExpectPrivateSecrets(cluster);
        Kubeprep.MustVerify(cluster);
    }

    [Theory]
    [InlineData("rename,renameat,renameat2")]
    [InlineData("fsync,fdatasync")]
    public void A_user_whose_making_is_killed_anywhere_is_whole_or_not_there(string calls)
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var killed = 0;
        for (var n = 1; ; n++)
        {
            var cluster = deployed.CopyTo(directory[$"killed-at-{n}"]);
            var lines = File.ReadAllLines(Ledger(cluster)).Length;
            var run = Strace.KillAt(calls, n, ["new-user", "jane", "--cluster-directory", cluster, "--role", "view"]);
            if (run.ExitCode != Strace.Killed)
            {
                run.Expect(0);
                break;
            }

            killed++;
            ClusterFiles.ExpectPrivateSecrets(cluster);
            var isThere = Users(cluster).Expect(0).Rows.Count == 1;
            New(cluster, "bob", "--role", "view").Expect(0); // completes or discards
            Assert.Equal(isThere ? 2 : 1, Users(cluster).Expect(0).Rows.Count);
            Assert.Equal(isThere ? 8 : 4, Directory.GetFiles($"{cluster}/ssl/users").Length);
            ExpectLedgerToHold(cluster, lines + (isThere ? 2 : 1));
            ClusterFiles.ExpectNoLeftovers(cluster);
            Kubeprep.MustVerify(cluster);
        }

        Assert.True(killed >= 5, $"It was killed only {killed} times.");
    }

    [Fact]
    public void A_removal_that_is_killed_at_any_unlink_or_rename_leaves_the_user_whole_or_takes_it_whole()
    {
        Strace.Require();
        using var directory = new TemporaryDirectory();
        var original = deployed.CopyTo(directory["original"]);
        var name = NameOf(New(original, "jane", "--role", "view", "--json").Expect(0).Rows[0]);
        var killed = 0;
        for (var n = 1; ; n++)
        {
            var cluster = directory[$"killed-at-{n}"];
            Tool.Must("cp", "--archive", original, cluster);
            var run = Strace.KillAt("rename,renameat,renameat2,unlink,unlinkat", n, ["remove-user", name, "--cluster-directory", cluster]);
            if (run.ExitCode != Strace.Killed)
            {
                run.Expect(0);
                break;
            }

            killed++;
            var isThere = Users(cluster).Expect(0).Rows.Count == 1;
            New(cluster, "bob", "--role", "view").Expect(0); // completes or discards
            Assert.Equal(isThere ? 8 : 4, Directory.GetFiles($"{cluster}/ssl/users").Length);
            Assert.Equal(isThere ? 0 : 1, Directory.Exists($"{cluster}/backup") ? Directory.GetDirectories($"{cluster}/backup").Length : 0);
            ClusterFiles.ExpectNoLeftovers(cluster);
            Kubeprep.MustVerify(cluster);
        }

        Assert.True(killed >= 5, $"It was killed only {killed} times.");
    }

    [Fact]
    public void No_run_prints_a_key()
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        List<ToolResult> results = [New(cluster, "ada", "bob", "--role", "view", "--json"), New(cluster, "eve", "--role", "admin")];
        var needles = new SecretNeedles(cluster);
        foreach (var key in Directory.GetFiles($"{cluster}/ssl/users", "*-key.pem"))
        {
            needles.AddKey(key);
            var kubeconfig = key.Replace("-key.pem", ".kubeconfig", StringComparison.Ordinal);
            results.Add(Users(cluster));
            File.WriteAllText(kubeconfig, File.ReadAllText(kubeconfig).Replace("users:", "users: [", StringComparison.Ordinal));
            File.Copy(key, key.Replace("-key.pem", "-rbac.yaml", StringComparison.Ordinal), overwrite: true);
            results.Add(Users(cluster).Expect(1));
        }

        results.Add(Kubeprep.Run("users", "--cluster-directory", cluster));
        results.Add(Remove(cluster, "*", "--json").Expect(0));
        needles.ExpectNone(results);
        Assert.All(Directory.GetFiles(cluster, "*.jsonl", SearchOption.AllDirectories), path => needles.ExpectNone(Tool.Run("cat", path)));
    }

    private static string NameOf(JsonElement row) => row.GetProperty("name").GetString()!;

    private static string Ledger(string cluster) => $"{cluster}/ssl/issued.jsonl";

    private static ToolResult New(string cluster, params IEnumerable<string> arguments) => Kubeprep.Run(["new-user", "--cluster-directory", cluster, .. arguments]);

    private static ToolResult Users(string cluster) => Kubeprep.Run("users", "--cluster-directory", cluster, "--json");

    private static ToolResult Remove(string cluster, params IEnumerable<string> arguments) => Kubeprep.Run(["remove-user", "--cluster-directory", cluster, .. arguments]);

    /// <summary>Every certificate of a user is in the ledger, once, and nothing else was added.</summary>
    private static void ExpectLedgerToHold(string cluster, int lines)
    {
        var serials = File.ReadLines(Ledger(cluster)).Select(line => JsonElement.Parse(line).GetProperty("serialNumber").GetString()).ToList();
        Assert.Equal(lines, serials.Distinct().Count());
        Assert.Equal(lines, serials.Count);
        foreach (var path in Directory.GetFiles($"{cluster}/ssl/users", "*.pem").Where(path => !path.EndsWith("-key.pem", StringComparison.Ordinal)))
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            Assert.Contains(certificate.SerialNumber, serials);
        }
    }
}
