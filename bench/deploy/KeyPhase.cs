using System.Diagnostics;
using KubePrep.Deployment;

namespace KubePrep.Bench.Deploy;

/// <summary>Times the part of a deployment that makes keys, from the engine's own reports of its progress.</summary>
internal sealed class KeyPhase : IProgress<DeploymentProgress>
{
    private const string Step = "Making keys";
    private readonly Lock _lock = new();
    private long _first;
    private long _last;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_first, _last);

    public void Report(DeploymentProgress value)
    {
        lock (_lock)
        {
            if (value.Step == Step)
            {
                _last = Stopwatch.GetTimestamp();
                _first = _first == 0 ? _last : _first;
            }
        }
    }
}
