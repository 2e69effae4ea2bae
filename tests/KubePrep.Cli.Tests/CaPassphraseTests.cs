namespace KubePrep.Cli.Tests;

public sealed class CaPassphraseTests : IDisposable
{
    private const string Passphrase = "s3cret needle";
    private readonly TemporaryDirectory _directory = new();

    private string Cluster => _directory["cluster"];

    [Fact]
    public void Comes_from_a_descriptor_wherever_something_is_signed_and_is_never_printed()
    {
        string[] directory = ["--cluster-directory", Cluster];
        List<ToolResult> results = [With(Passphrase, [.. Kubeprep.DeployArguments(Cluster)])];
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText($"{Cluster}/ssl/ca-key.pem"), StringComparison.Ordinal);
        results.Add(With(Passphrase, ["renew", .. directory, "--force"]));
        results.Add(With(Passphrase, ["new-user", "jane", .. directory, "--role", "view"]));
        results.Add(With(Passphrase, ["rotate-ca", .. directory, "--phase", "prepare"]));
        results.Add(With(Passphrase, ["rotate-ca", .. directory, "--phase", "switch"]));
        results.Add(Kubeprep.Run(["rotate-ca", .. directory, "--phase", "finish"]));
        Assert.All(results, result => result.Expect(0));
        Assert.All(results, result => Assert.DoesNotContain(Passphrase, result.Everything, StringComparison.Ordinal));
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText($"{Cluster}/ssl/ca-key.pem"), StringComparison.Ordinal);
    }

    [Fact]
    public void That_is_missing_or_wrong_is_said_and_writes_nothing()
    {
        With(Passphrase, [.. Kubeprep.DeployArguments(Cluster)]).Expect(0);
        var before = Tree.Of(Cluster);
        Expect(Kubeprep.Run("renew", "--cluster-directory", Cluster, "--force"), 1, "[EncryptedKey]");
        Expect(With("wr0ng needle", ["renew", "--cluster-directory", Cluster, "--force"]), 1, "[PassphraseWrong]");
        Expect(Kubeprep.Run("renew", "--cluster-directory", Cluster, "--force", "--ask-ca-passphrase"), 2, "no terminal");
        Expect(Kubeprep.Run("renew", "--cluster-directory", Cluster, "--force", "--ca-passphrase-fd", "99"), 2, "not open for reading");
        Assert.Equal(before, Tree.Of(Cluster));
    }

    [Theory]
    [InlineData("s3cret needle\\r", "s3cret needle\\r", 0)]
    [InlineData("s3cret needle\\r", "s3cret neeldes\\r", 2)]
    [InlineData("s3cret needle\\r", "\\003", 130)]
    public void Of_a_new_key_is_asked_for_twice_on_a_terminal_and_not_shown(string first, string second, int exitCode)
    {
        Tool.Require("script");
        var typescript = _directory["typescript"];
        var command = $"'{Kubeprep.Executable}' deploy --cluster-directory '{Cluster}' --cluster-name lab --server {Kubeprep.Server} --ask-ca-passphrase";
        Tool.Run("sh", "-c", $$"""
            await() { until grep -q "$1" '{{typescript}}'; do sleep 0.05; done; }
            { await 'authority.s key: '; printf '{{first}}'; await 'same again: '; printf '{{second}}'; await COMMAND_EXIT_CODE; } |
                script -qefc "{{command}}" '{{typescript}}'
            """).Expect(exitCode);
        Assert.DoesNotContain("needle", File.ReadAllText(typescript), StringComparison.Ordinal);
        Assert.Equal(exitCode == 0, Directory.Exists(Cluster));
    }

    public void Dispose() => _directory.Dispose();

    private static void Expect(ToolResult result, int exitCode, string said)
    {
        Assert.Contains(said, result.Expect(exitCode).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("needle", result.Everything, StringComparison.Ordinal);
    }

    /// <summary>Runs it with a passphrase on a descriptor.</summary>
    private ToolResult With(string passphrase, IReadOnlyList<string> arguments)
    {
        var file = _directory["passphrase"];
        File.WriteAllText(file, $"{passphrase}\nanother line\n");
        return Tool.Run("sh", ["-c", $"exec \"$0\" \"$@\" 3<'{file}'", Kubeprep.Executable, .. arguments, "--ca-passphrase-fd", "3"]);
    }
}
