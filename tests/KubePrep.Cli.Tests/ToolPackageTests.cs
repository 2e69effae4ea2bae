namespace KubePrep.Cli.Tests;

/// <summary>The command line as those get it who install it as a .NET tool.</summary>
public sealed class ToolPackageTests
{
    private const string Id = "KubePrep.Tool";

    [Fact]
    public void The_tool_installs_from_a_directory_alone_and_deploys_and_verifies()
    {
        using var directory = new TemporaryDirectory();
        var packages = Environment.GetEnvironmentVariable("KUBEPREP_PACKAGES") ?? MakePackages(directory);
        var version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(packages, $"{Id}.*.nupkg")))[(Id.Length + 1)..];
        var tools = directory["the tools"];
        var cluster = directory["cluster"];

        Dotnet(directory, "tool", "install", Id, "--tool-path", tools, "--source", packages);

        var kubeprep = Path.Join(tools, "kubeprep");
        Assert.Matches($@"^{version}(\+|$)", Tool.Must(kubeprep, "--version").TrimEnd());
        Assert.Equal(20, Tool.Run(kubeprep, Kubeprep.DeployArguments(cluster, "--json")).Expect(0).Rows.Count);
        var verified = Tool.Run(kubeprep, "verify", "--cluster-directory", cluster, "--json").Expect(0);
        Assert.All(verified.Rows, row => Assert.Equal("Good", row.Verdict()));
    }

    /// <summary>Makes the packages, where no run of all tests has done so before.</summary>
    private static string MakePackages(TemporaryDirectory directory)
    {
        var packages = directory["what users get"];
        // build servers would go on, and keep the output open
        Tool.Must("env", "MSBUILDDISABLENODEREUSE=1", "UseSharedCompilation=false", Repository.File("build.sh"), "package", packages);
        return packages;
    }

    private static void Dotnet(TemporaryDirectory home, params IEnumerable<string> arguments) =>
        Tool.Must("env", [$"HOME={home.Path}", $"DOTNET_CLI_HOME={home.Path}", "DOTNET_NOLOGO=1", "dotnet", .. arguments]);
}
