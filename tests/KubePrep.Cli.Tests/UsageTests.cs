namespace KubePrep.Cli.Tests;

public sealed class UsageTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    private static readonly Dictionary<string, (string[] Options, string Named)> WrongDeploys = new()
    {
        ["no server"] = (["--cluster-name", "c"], "--server"),
        ["no cluster name"] = (["--server", Kubeprep.Server], "--cluster-name"),
        ["an option without its value"] = (["--cluster-name", "c", "--server"], "--server"),
        ["an option given twice"] = (With("--server", Kubeprep.Server), "--server"),
        ["an unknown option"] = (With("--bogus"), "--bogus"),
        ["a stray argument"] = (With("stray"), "stray"),
        ["a lifetime with an unknown unit"] = (With("--lifetime", "1x"), "--lifetime"),
        ["a lifetime without a unit"] = (With("--lifetime", "90"), "--lifetime"),
        ["a lifetime of nothing"] = (With("--lifetime", "0h"), "--lifetime"),
        ["a lifetime that is negative"] = (With("--ca-lifetime", "-5h"), "--ca-lifetime"),
        ["a lifetime that is absurd"] = (With("--ca-lifetime", "200y"), "--ca-lifetime"),
        ["an unknown algorithm"] = (With("--key-algorithm", "Rsa1024"), "--key-algorithm"),
        ["an algorithm by number"] = (With("--key-algorithm", "2"), "--key-algorithm"),
    };

    private static readonly Dictionary<string, (string[] Options, string Named)> WrongValues = new()
    {
        ["an empty cluster name"] = (Names("", Kubeprep.Server), "cluster name"),
        ["a blank cluster name"] = (Names(" \t", Kubeprep.Server), "cluster name"),
        ["a cluster name with a slash"] = (Names("a/b", Kubeprep.Server), "'a/b'"),
        ["a cluster name with a backslash"] = (Names(@"a\b", Kubeprep.Server), @"'a\b'"),
        ["a cluster name with a newline"] = (Names("a\nb", Kubeprep.Server), "control character"),
        ["a cluster name with an escape"] = (Names("a\e[31mb", Kubeprep.Server), "control character"),
        ["a cluster name that climbs"] = (Names("..", Kubeprep.Server), "'..'"),
        ["a cluster name that climbs later"] = (Names("a..b", Kubeprep.Server), "'a..b'"),
        ["a cluster name without end"] = (Names(new string('a', 254), Kubeprep.Server), "cluster name"),
        ["a context name with a slash"] = ([.. Names("c", Kubeprep.Server), "--context-name", "a/b"], "context name"),
        ["an empty context name"] = ([.. Names("c", Kubeprep.Server), "--context-name", ""], "context name"),
        ["a server by http"] = (Names("c", "http://192.0.2.1:6443"), "http://192.0.2.1:6443"),
        ["a server without a scheme"] = (Names("c", "192.0.2.1:6443"), "192.0.2.1:6443"),
        ["a server without a host"] = (Names("c", "https://"), "https://"),
        ["a server with a space"] = (Names("c", "https://192.0.2.1 :6443"), "https://192.0.2.1 :6443"),
        ["a server with a query"] = (Names("c", "https://192.0.2.1?a=b"), "https"),
        ["a server with a newline"] = (Names("c", "https://192.0.2.1\n    insecure-skip-tls-verify: true"), "https"),
        ["an empty server"] = (Names("c", ""), "https"),
    };

    public static TheoryData<string> WrongDeployNames => [.. WrongDeploys.Keys];

    public static TheoryData<string> WrongValueNames => [.. WrongValues.Keys];

    [Theory]
    [MemberData(nameof(WrongDeployNames))]
    public void A_wrong_command_line_exits_with_2_says_why_on_standard_error_and_writes_nothing(string wrong)
    {
        var (options, named) = WrongDeploys[wrong];
        CheckUsageError(options, named);
    }

    [Theory]
    [MemberData(nameof(WrongValueNames))]
    public void A_wrong_name_or_server_exits_with_2_says_why_on_standard_error_and_writes_nothing(string wrong)
    {
        var (options, named) = WrongValues[wrong];
        var error = CheckUsageError(options, named);
        Assert.Contains("\n  Give ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "verify")]
    [InlineData("--help", "verify", "--cluster-directory", "/nowhere", "--bogus")]
    [InlineData("--help", "destroy")]
    [InlineData("--help")]
    [InlineData("--help", "deploy", "--cluster-directory", "/nowhere", "--cluster-name", "c")]
    [InlineData("8760h", "deploy", "--cluster-directory", "/nowhere", "--cluster-name", "c", "--server", Kubeprep.Server, "--lifetime", "1x")]
    [InlineData("EcdsaP384", "deploy", "--cluster-directory", "/nowhere", "--cluster-name", "c", "--server", Kubeprep.Server, "--key-algorithm", "x")]
    [InlineData("Give", "verify", "--cluster-directory", "")]
    [InlineData("Give", "deploy", "--cluster-directory", "", "--cluster-name", "c", "--server", Kubeprep.Server)]
    [InlineData("Give", "deploy", "--cluster-directory", "a\nb", "--cluster-name", "c", "--server", Kubeprep.Server)]
    public void Every_usage_error_exits_with_2_and_shows_the_way_out_on_standard_error(string wayOut, params string[] arguments)
    {
        var result = Kubeprep.Run(arguments).Expect(2);
        Assert.Contains(wayOut, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Help_for_deploy_names_every_option_and_every_algorithm()
    {
        string[] options =
        [
            "--cluster-directory", "--cluster-name", "--server", "--context-name", "--key-algorithm", "--ca-lifetime", "--lifetime",
            "--force", "--what-if", "--json",
        ];
        var help = Kubeprep.Run("deploy", "--help").Expect(0);
        Assert.All(options, option => Assert.Matches($@"(?m)^  {option} ", help.Output));
        Assert.All(
            ["EcdsaP256", "EcdsaP384", "Rsa2048", "Rsa3072", "Rsa4096"],
            algorithm => Assert.Contains(algorithm, help.Output, StringComparison.Ordinal));
        Assert.Empty(help.Error);
    }

    [Fact]
    public void Help_for_verify_names_its_options_and_its_exit_code()
    {
        var help = Kubeprep.Run("verify", "--help").Expect(0);
        Assert.Matches(@"(?m)^  --cluster-directory ", help.Output);
        Assert.Matches("(?m)^  --json ", help.Output);
        Assert.Contains("1", help.Output, StringComparison.Ordinal);
        Assert.Empty(help.Error);
    }

    [Fact]
    public void Help_without_a_command_names_both()
    {
        var help = Kubeprep.Run("--help").Expect(0);
        Assert.Matches("(?m)^  deploy ", help.Output);
        Assert.Matches("(?m)^  verify ", help.Output);
    }

    private static string[] Names(string clusterName, string server) => ["--cluster-name", clusterName, "--server", server];

    private static string[] With(params string[] more) => [.. Names("c", Kubeprep.Server), .. more];

    private string CheckUsageError(string[] options, string named)
    {
        using var directory = new TemporaryDirectory();
        var missing = directory["cluster"];
        var result = Kubeprep.Run(["deploy", "--cluster-directory", missing, .. options]).Expect(2);
        Assert.False(Path.Exists(missing));

        var before = Tree.Of(deployed.Path);
        Kubeprep.Run(["deploy", "--cluster-directory", deployed.Path, "--force", .. options]).Expect(2);
        Assert.Equal(before, Tree.Of(deployed.Path));

        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Error, c => char.IsControl(c) && c != '\n');
        return result.Error;
    }
}
