namespace KubePrep.Cli.Tests;

public sealed class SecretsTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    private const string Token = "eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9";
    private const string Password = "correct-horse-battery-staple";

    /// <summary>Ways in which a file that holds a secret can be broken, such that a careless message would quote it.</summary>
    private static readonly Dictionary<string, Action<string>> Breakages = new()
    {
        ["a key without its label"] = c => Edit(
            $"{c}/ssl/admin-key.pem", text => text.Replace("-----BEGIN EC PRIVATE KEY-----\n", "", StringComparison.Ordinal)),
        ["a key with a damaged body"] = c => Edit($"{c}/ssl/ca-key.pem", text => text.Replace("\nMH", "\n!!", StringComparison.Ordinal)),
        ["a key that breaks off"] = c => Edit($"{c}/ssl/ca-key.pem", text => text[..(text.Length / 2)]),
        ["a key marked as encrypted"] = c => Edit(
            $"{c}/ssl/ca-key.pem", text => text.Replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\n\nM", StringComparison.Ordinal)),
        ["a key in place of its certificate"] = c => File.Copy($"{c}/ssl/admin-key.pem", $"{c}/ssl/admin.pem", overwrite: true),
        ["a key in place of the CA"] = c => File.Copy($"{c}/ssl/ca-key.pem", $"{c}/ssl/ca.pem", overwrite: true),
        ["a key in place of a document"] = c => File.Copy($"{c}/ssl/ca-key.pem", $"{c}/ssl/ca-csr.json", overwrite: true),
        ["a key in place of a kubeconfig"] = c => File.Copy($"{c}/ssl/ca-key.pem", $"{c}/kubectl.kubeconfig", overwrite: true),
        ["a kubeconfig in place of a key"] = c => File.Copy($"{c}/kubectl.kubeconfig", $"{c}/ssl/admin-key.pem", overwrite: true),
        ["a kubeconfig in place of the policy"] = c => File.Copy($"{c}/kubectl.kubeconfig", $"{c}/ssl/ca-config.json", overwrite: true),
        ["a kubeconfig in place of the commit record"] = c => File.Copy($"{c}/kubectl.kubeconfig", $"{c}/{ClusterFiles.CommitRecord}"),
        ["a kubeconfig with a tab before the key"] = KeyLine("\tclient-key-data: "),
        ["a kubeconfig with a bracket before the key"] = KeyLine("    client-key-data: ["),
        ["a kubeconfig with the key as an alias"] = KeyLine("    client-key-data: *"),
        ["a kubeconfig with the key as an anchor"] = KeyLine("    client-key-data: &"),
        ["a kubeconfig with the key as a tag"] = KeyLine("    client-key-data: !"),
        ["a kubeconfig with the key as a directive"] = KeyLine("%"),
        ["a kubeconfig with a quote before the key"] = KeyLine("    client-key-data: \""),
        ["a kubeconfig with the key twice"] = c => Edit(
            $"{c}/kubectl.kubeconfig", text => text + text[text.IndexOf("    client-key-data", StringComparison.Ordinal)..]),
        ["a kubeconfig with the key as a list"] = KeyLine("    client-key-data:\n    - "),
        ["a kubeconfig with a key that is no base64"] = KeyLine("    client-key-data: _"),
        ["a kubeconfig with a key as its certificate"] = KeyLine("    client-certificate-data: "),
        ["a kubeconfig that breaks off in the key"] = c => Edit($"{c}/kubectl.kubeconfig", text => text[..^40]),
    };

    public static TheoryData<string> BreakageNames => [.. Breakages.Keys];

    [Fact]
    public void No_run_prints_a_key()
    {
        using var directory = new TemporaryDirectory();
        var cluster = directory["cluster"];
        List<ToolResult> results =
        [
            Kubeprep.Deploy(cluster, "--what-if"),
            Kubeprep.Deploy(cluster),
        ];
        var needles = new SecretNeedles(cluster);
        results.AddRange(
        [
            Kubeprep.Deploy(cluster, "--json"),
            Kubeprep.Deploy(cluster, "--what-if", "--force", "--json"),
            Kubeprep.Run("verify", "--cluster-directory", cluster),
            Kubeprep.Verify(cluster),
            Kubeprep.Deploy(cluster, "--force", "--json"),
        ]);
        needles.Add(cluster);

        needles.ExpectNone(results.Select(result => result.Expect(0)));
    }

    [Theory]
    [MemberData(nameof(BreakageNames))]
    public void No_message_about_a_broken_file_quotes_a_key(string breakage)
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        var needles = new SecretNeedles(cluster);
        Breakages[breakage](cluster);

        var verified = Kubeprep.Verify(cluster).Expect(1);
        var deployment = Kubeprep.Deploy(cluster, "--json");

        needles.ExpectNone(verified, deployment);
    }

    [Theory]
    [InlineData("    server: ", $"    server: https://admin:{Password}@", Password)]
    [InlineData("    client-key-data: ", $"    token: {Token}\n    client-key-data: ", Token)]
    [InlineData("    client-key-data: ", $"    username: admin\n    password: {Password}\n    client-key-data: ", Password)]
    [InlineData("    client-key-data: ", $"    token: *{Token}\n    client-key-data: ", Token)]
    public void No_message_about_a_kubeconfig_quotes_a_token_or_a_password(string old, string @new, string secret)
    {
        using var directory = new TemporaryDirectory();
        var cluster = deployed.CopyTo(directory["cluster"]);
        Edit(
            $"{cluster}/kubectl.kubeconfig",
            text => text.Replace($"{old}https://", old, StringComparison.Ordinal).Replace(old, @new, StringComparison.Ordinal));

        foreach (var result in new[] { Kubeprep.Verify(cluster), Kubeprep.Deploy(cluster, "--what-if", "--json"), Kubeprep.Deploy(cluster) })
        {
            Assert.DoesNotContain(secret, result.Everything, StringComparison.Ordinal);
        }
    }

    private static Action<string> KeyLine(string beginning) => cluster => Edit(
        $"{cluster}/kubectl.kubeconfig", text => text.Replace("    client-key-data: ", beginning, StringComparison.Ordinal));

    private static void Edit(string path, Func<string, string> edit)
    {
        var text = File.ReadAllText(path);
        var edited = edit(text);
        Assert.NotEqual(text, edited);
        File.WriteAllText(path, edited);
    }
}
