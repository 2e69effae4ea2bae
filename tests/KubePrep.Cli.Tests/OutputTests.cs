namespace KubePrep.Cli.Tests;

public sealed class OutputTests(DeployedCluster deployed) : IClassFixture<DeployedCluster>
{
    [Theory]
    [InlineData]
    [InlineData("--json")]
    public void Output_that_cannot_be_written_is_an_error_and_no_crash(params string[] options)
    {
        using var directory = new TemporaryDirectory();

        var result = Shell("exec \"$@\" > /dev/full", Kubeprep.DeployArguments(directory["cluster"], options)).Expect(1);

        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public void A_reader_that_goes_away_early_is_no_error(params string[] options)
    {
        var result = Shell("\"$@\" | true", ["verify", "--cluster-directory", deployed.Path, .. options]).Expect(0);

        Assert.Empty(result.Error);
    }

    [Fact]
    public void Output_is_the_same_in_every_locale_and_without_a_home()
    {
        var plain = Kubeprep.Verify(deployed.Path).Expect(0).Output;

        Assert.Equal(
            plain,
            Tool.Must(
                "env", "--ignore-environment", "LC_ALL=tr_TR.UTF-8", "PATH=/usr/bin:/bin",
                Kubeprep.Executable, "verify", "--cluster-directory", deployed.Path, "--json"));
    }

    private static ToolResult Shell(string script, IEnumerable<string> arguments) =>
        Tool.Run("sh", ["-c", script, "sh", Kubeprep.Executable, .. arguments]);
}
