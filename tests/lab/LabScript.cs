namespace KubePrep.Lab.Tests;

/// <summary>One of the lab's scripts.</summary>
internal sealed class LabScript(string name)
{
    /// <summary>Building everything takes two minutes on two cores, and starting an emulated machine one.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs it to its end, which has to be a success, and gives what it printed.</summary>
    public string Run(params IEnumerable<string> arguments)
    {
        using var running = new RunningTool(Repository.File($"tests/lab/{name}"), arguments);
        return running.WaitForExit(Limit).Expect(0).Output;
    }
}
