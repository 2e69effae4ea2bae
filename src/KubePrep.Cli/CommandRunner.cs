namespace KubePrep.Cli;

/// <summary>Runs a command's work, and turns what goes wrong into a message on standard error and an exit code.</summary>
internal static class CommandRunner
{
    public static async Task<int> Run(Func<int> work)
    {
        try
        {
            return await Task.Run(work);
        }
        catch (KubePrepException e)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message} [{e.Id}]\n  {e.RecommendedAction}");
            return ExitCode.Of(e.Id);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("error: interrupted; every file is as it was.");
            return ExitCode.Interrupted;
        }
    }
}
