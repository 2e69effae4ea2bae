using System.Runtime.InteropServices;

namespace KubePrep.Cli;

/// <summary>Runs a command's work, and turns what goes wrong into a message on standard error and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Runs <paramref name="work"/> on this thread; Ctrl+C and a service manager's stop cancel it.</summary>
    public static int Run(Func<CancellationToken, int> work)
    {
        using var stopping = new CancellationTokenSource();
        var exitCode = ExitCode.Interrupted;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            return work(stopping.Token);
        }
        catch (KubePrepException e)
        {
            Console.Error.WriteLine($"error: {e.Message} [{e.Id}]\n  {e.RecommendedAction}");
            return ExitCode.Of(e.Id);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("error: interrupted; nothing was replaced.");
            return exitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return ExitCode.Failed;
        }

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            exitCode = context.Signal == PosixSignal.SIGTERM ? ExitCode.Terminated : ExitCode.Interrupted;
            stopping.Cancel();
        }
    }
}
