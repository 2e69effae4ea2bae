using System.Runtime.InteropServices;

namespace KubePrep.Cli;

/// <summary>Runs a command's work, and turns what goes wrong into a message on standard error and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Runs work on this thread; Ctrl+C and a service manager's stop cancel it.</summary>
    /// <param name="work">The work; it returns the exit code.</param>
    /// <param name="interrupted">What is to be said of a run that was cancelled.</param>
    public static int Run(Func<CancellationToken, int> work, string interrupted = "error: interrupted; nothing was replaced.")
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
            Notice.Error(e);
            return ExitCode.Of(e.Id);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(interrupted);
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
