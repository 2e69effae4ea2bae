using System.Diagnostics;
using KubePrep.Deployment;
using KubePrep.Pki;
using KubePrep.Yaml;

namespace KubePrep.Bench.Deploy;

/// <summary>The engine, called as the cmdlets call it.</summary>
internal static class InProcess
{
    /// <summary>Deploys five identities (an authority and four leaves) and four kubeconfigs.</summary>
    public static Sample Deploy(string directory, KeyAlgorithm algorithm, IProgress<DeploymentProgress>? progress = null)
    {
        var request = new DeploymentRequest(directory, TestCluster.Name, TestCluster.Server) { KeyAlgorithm = algorithm };
        var options = new RunOptions { Progress = progress };
        return Time(() => new DeploymentEngine(new KubeconfigYaml(), TimeProvider.System).Deploy(request, options));
    }

    public static Sample Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return new Sample(Stopwatch.GetElapsedTime(start));
    }
}
