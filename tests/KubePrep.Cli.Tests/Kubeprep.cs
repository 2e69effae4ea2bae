namespace KubePrep.Cli.Tests;

/// <summary>The program under test, run as a user runs it.</summary>
internal static class Kubeprep
{
    public const string ClusterName = "lab";

    /// <summary>Nobody listens there, and says so: some of kubectl's commands ask the server, and would wait five seconds for an answer.</summary>
    public const string Server = "https://127.0.0.1:6443";

    /// <summary>The published program that KUBEPREP names, as in <c>./build.sh test</c>, or else the one built beside the tests.</summary>
    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("KUBEPREP") ?? Path.Join(AppContext.BaseDirectory, "kubeprep");

    public static ToolResult Run(params IEnumerable<string> arguments) => Tool.Run(Executable, arguments);

    /// <summary>The arguments of a deploy into a directory that need no thought.</summary>
    public static IReadOnlyList<string> DeployArguments(string directory, params IEnumerable<string> more) =>
        ["deploy", "--cluster-directory", directory, "--cluster-name", ClusterName, "--server", Server, .. more];

    public static ToolResult Deploy(string directory, params IEnumerable<string> more) => Run(DeployArguments(directory, more));

    /// <summary>Deploys with rows as JSON, and expects it to succeed.</summary>
    public static ToolResult MustDeploy(string directory, params IEnumerable<string> more) =>
        Deploy(directory, ["--json", .. more]).Expect(0);

    /// <summary>Verifies with rows as JSON.</summary>
    public static ToolResult Verify(string directory) => Run("verify", "--cluster-directory", directory, "--json");

    /// <summary>Verifies, and expects every row to be good.</summary>
    public static void MustVerify(string directory)
    {
        var result = Verify(directory).Expect(0);
        Assert.All(result.Rows, row => Assert.True(row.Verdict() == "Good", $"Not all is good:\n{result}"));
    }
}
