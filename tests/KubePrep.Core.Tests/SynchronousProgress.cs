using KubePrep.Deployment;

namespace KubePrep.Core.Tests;

/// <summary>Collects progress as it is reported.</summary>
internal sealed class SynchronousProgress(List<DeploymentProgress> reports) : IProgress<DeploymentProgress>
{
    public void Report(DeploymentProgress value)
    {
        lock (reports)
        {
            reports.Add(value);
        }
    }
}
