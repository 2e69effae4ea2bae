namespace KubePrep.Lab.Tests;

/// <summary>Programs run as a user with a home of the test's own.</summary>
public sealed class ControllerTests
{
    public ControllerTests() => LabRequirements.Check();

    [Fact]
    public void A_program_sees_the_tests_home_and_files_as_descriptors()
    {
        using var controller = new Controller();
        File.WriteAllText(controller.KnownHosts, "secret\n");

        using var program = controller.StartWithFiles([controller.KnownHosts], "sh", "-c", "echo ~root $HOME; cat <&3");

        Assert.Equal($"{controller.Home} {controller.Home}\nsecret\n", program.WaitForExit(TimeSpan.FromMinutes(1)).Expect(0).Output);
    }

    [Fact]
    public void A_signal_reaches_the_program_itself()
    {
        using var controller = new Controller();
        using var program = controller.Start("sh", "-c", "trap 'echo caught; exit 7' INT; echo ready; while :; do sleep 0.1; done");
        Wait.Until(() => program.Printed.Contains("ready", StringComparison.Ordinal), "it is ready");

        program.Signal("INT");

        Assert.Contains("caught", program.WaitForExit(TimeSpan.FromMinutes(1)).Expect(7).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_is_built()
    {
        using var controller = new Controller();

        controller.Run(Controller.Kubeprep, "--version").Expect(0);
    }
}
