namespace KubePrep.Cli.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void The_command_line_is_built_beside_its_tests() => Assert.True(File.Exists(Path.Join(AppContext.BaseDirectory, "kubeprep")));
}
