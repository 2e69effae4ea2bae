using KubePrep.Deployment;

namespace KubePrep.Cli;

/// <summary>One line on a terminal's standard error that says how far a run has come; nothing where it is redirected.</summary>
internal sealed class ProgressLine : IProgress<DeploymentProgress>, IDisposable
{
    private const string ClearLine = "\r\e[K";
    private readonly Lock _lock = new();
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private bool _isShown;

    public void Report(DeploymentProgress value)
    {
        lock (_lock)
        {
            if (_isTerminal)
            {
                Console.Error.Write($"{ClearLine}{value.Step} {value.PercentComplete}%");
                _isShown = true;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isShown)
            {
                Console.Error.Write(ClearLine);
                _isShown = false;
            }
        }
    }
}
