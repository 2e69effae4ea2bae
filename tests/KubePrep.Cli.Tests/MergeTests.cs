namespace KubePrep.Cli.Tests;

/// <summary><c>kubeprep merge</c> and <c>kubeprep remove-context</c>, beside other programs that change the same file.</summary>
public sealed class MergeTests : IDisposable
{
    private const string Token = "eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly TemporaryDirectory _directory = new();

    private string Config => _directory["config"];

    [Fact]
    public void Eight_merges_and_kubectl_at_once_lose_nothing()
    {
        Tool.Require("kubectl");
        File.WriteAllText(Config, "# mine\napiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n");
        var merges = Enumerable.Range(0, 8)
            .Select(i => new RunningTool(Kubeprep.Executable, "merge", Source($"m{i}"), "--destination", Config))
            .ToList();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                SetContextWithKubectl($"k{i}");
            }

            merges.ForEach(merge => merge.WaitForExit(Limit).Expect(0));
        }
        finally
        {
            merges.ForEach(merge => merge.Dispose());
        }

        var expected = Enumerable.Range(0, 8).Select(i => $"m{i}").Concat(Enumerable.Range(0, 20).Select(i => $"k{i}")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, Contexts().Order(StringComparer.Ordinal));
        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => $"m{i}"),
            Tool.Must("kubectl", "config", "view", $"--kubeconfig={Config}", "-o", "jsonpath={.users[*].name}").Split(' ').Order(StringComparer.Ordinal));
        Assert.Equal(["backup", "config"], Directory.GetFileSystemEntries(_directory.Path).Select(Path.GetFileName).Where(n => n![0] != 'm').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_lock_that_another_program_holds_is_waited_for()
    {
        var @lock = $"{Config}.lock";
        File.WriteAllText(@lock, "");
        using var merge = new RunningTool(Kubeprep.Executable, "merge", Source("a"), "--destination", Config);
        Thread.Sleep(1000);
        Assert.False(merge.HasExited);
        Assert.False(File.Exists(Config));
        File.Delete(@lock);
        merge.WaitForExit(Limit).Expect(0);
        Assert.Equal(["a"], Contexts());
    }

    [Fact]
    public void A_lock_that_stays_is_reported_and_left()
    {
        var @lock = $"{Config}.lock";
        File.WriteAllText(@lock, "");
        var result = Kubeprep.Run("merge", Source("a"), "--destination", Config).Expect(1);
        Assert.Contains($"rm '{@lock}'", result.Error, StringComparison.Ordinal);
        Assert.Contains("[KubeconfigLocked]", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(@lock));
        Assert.False(File.Exists(Config));
    }

    [Fact]
    public void An_interrupted_wait_ends_at_once_and_leaves_the_other_lock()
    {
        File.WriteAllText($"{Config}.lock", "");
        using var merge = new RunningTool(Kubeprep.Executable, "merge", Source("a"), "--destination", Config);
        Thread.Sleep(500);
        merge.Signal("INT");
        merge.WaitForExit(TimeSpan.FromSeconds(5)).Expect(130);
        Assert.True(File.Exists($"{Config}.lock"));
    }

    [Fact]
    public void No_stream_shows_a_token()
    {
        File.WriteAllText(Config, $"users:\n- name: a\n  user: {{token: {Token}-2}}\n");
        ToolResult[] results =
        [
            Kubeprep.Run("merge", Source("a"), "--destination", Config),
            Kubeprep.Run("merge", Source("a"), "--destination", Config, "--rename", "--what-if"),
            Kubeprep.Run("merge", Source("a"), "--destination", Config, "--rename", "--json"),
            Kubeprep.Run("merge", Source("a"), "--destination", Config, "--force"),
            Kubeprep.Run("remove-context", "a", "b", "--kubeconfig", Config),
            Kubeprep.Run("remove-context", "a", "--kubeconfig", Config, "--json"),
            Kubeprep.Run("merge", Broken("users: [{name: a, user: {token: *"), "--destination", Config),
            Kubeprep.Run("merge", Broken("users: [{name: a, user: {token: '"), "--destination", Config),
            Kubeprep.Run("merge", Broken("users: [{name: a, user: {token: b}}, {name: a, user: {token: "), "--destination", Config),
        ];
        Assert.Equal([1, 0, 0, 0, 1, 0, 1, 1, 1], results.Select(result => result.ExitCode));
        Assert.All(results, result => Assert.DoesNotContain(Token, result.Everything, StringComparison.Ordinal));
    }

    [Fact]
    public void What_if_writes_nothing()
    {
        var destination = _directory["new/config"];
        var result = Kubeprep.Run("merge", Source("a"), "--destination", destination, "--what-if", "--json").Expect(0);
        Assert.Equal("WouldAdd", Assert.Single(result.Rows).Status());
        Assert.False(Directory.Exists(_directory["new"]));
        Kubeprep.Run("merge", Source("a"), "--destination", destination).Expect(0);
        var before = File.ReadAllText(destination);
        Assert.Equal(
            "WouldRemove", Assert.Single(Kubeprep.Run("remove-context", "a", "--kubeconfig", destination, "--what-if", "--json").Expect(0).Rows).Status());
        Assert.Equal(before, File.ReadAllText(destination));
        Assert.Equal([destination], Directory.GetFileSystemEntries(_directory["new"]));
    }

    [Fact]
    public void The_file_kubectl_uses_is_the_one_that_is_changed()
    {
        var home = _directory["home"];
        Directory.CreateDirectory(home);
        Tool.Must("env", $"HOME={home}", "KUBECONFIG=/nowhere", Kubeprep.Executable, "merge", Source("a"), "--set-current-context");
        var config = Path.Join(home, ".kube/config");
        Assert.Equal("600 700", Tool.Must("stat", "-c", "%a", config).Trim() + " " + Tool.Must("stat", "-c", "%a", Path.GetDirectoryName(config)!).Trim());
        Tool.Must("env", $"HOME={home}", "KUBECONFIG=/nowhere", Kubeprep.Executable, "remove-context", "a");
        Assert.Contains("contexts: []\n", File.ReadAllText(config), StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_and_the_usage_errors_name_the_options()
    {
        Assert.Contains("--set-current-context", Kubeprep.Run("merge", "--help").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("--kubeconfig", Kubeprep.Run("remove-context", "--help").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("together", Kubeprep.Run("merge", "x", "--rename", "--force").Expect(2).Error, StringComparison.Ordinal);
        Kubeprep.Run("merge").Expect(2);
        Kubeprep.Run("remove-context").Expect(2);
        Kubeprep.Run("merge", _directory["nowhere"], "--destination", Config).Expect(1);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Sets a context; kubectl gives up at once where somebody else holds its lock, and so is run again.</summary>
    private void SetContextWithKubectl(string name) => Wait.Until(
        () =>
        {
            var result = Tool.Run("kubectl", "config", "set-context", name, $"--kubeconfig={Config}");
            Assert.True(result.ExitCode == 0 || result.Error.Contains(".lock: file exists", StringComparison.Ordinal), result.Everything);
            return result.ExitCode == 0;
        },
        "kubectl's turn");

    private string[] Contexts() =>
        Tool.Must("kubectl", "config", "get-contexts", "-o", "name", $"--kubeconfig={Config}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string Source(string name)
    {
        var path = _directory[$"m-{name}"];
        File.WriteAllText(
            path,
            $"clusters:\n- {{name: {name}, cluster: {{server: https://{name}}}}}\nusers:\n- {{name: {name}, user: {{token: {Token}}}}}\n"
            + $"contexts:\n- {{name: {name}, context: {{cluster: {name}, user: {name}}}}}\ncurrent-context: {name}\n");
        return path;
    }

    private string Broken(string before)
    {
        var path = _directory["m-broken"];
        File.WriteAllText(path, $"{before}{Token}}}}}]\n");
        return path;
    }
}
