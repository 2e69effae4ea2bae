using KubePrep.Kubeconfig;
using KubePrep.Pki;

namespace KubePrep.Certificates;

/// <summary>Finds the certificates of clusters' directories and of other places, and says how each is. Changes nothing, and uses no network.</summary>
/// <param name="serializer">Reads kubeconfigs.</param>
/// <param name="clock">Tells the time that validity is judged by.</param>
public sealed class CertificateInventory(IKubeconfigSerializer serializer, TimeProvider clock)
{
    /// <summary>Finds certificates, each of which has one row, wherever else it is.</summary>
    /// <param name="clusterDirectories">Directories with <c>ssl/</c> and kubeconfigs.</param>
    /// <param name="paths">PEM files, kubeconfigs, and directories with such, or clusters' directories.</param>
    /// <param name="horizon">Only certificates that end within it, or have ended, are put out; all if it is null.</param>
    public CertificateReport Find(IReadOnlyList<string> clusterDirectories, IReadOnlyList<string> paths, Horizon? horizon = null)
    {
        ArgumentNullException.ThrowIfNull(clusterDirectories);
        ArgumentNullException.ThrowIfNull(paths);
        using var survey = new CertificateSurvey(serializer);
        foreach (var directory in clusterDirectories)
        {
            survey.AddCluster(directory);
        }

        foreach (var path in paths)
        {
            survey.AddPath(path);
        }

        var now = clock.GetUtcNow();
        return new CertificateReport(
            [
                .. survey.Found.Select(found => found.Row(now, horizon))
                    .Where(row => horizon is null || row.NotAfter <= now + horizon.Duration),
            ],
            survey.Errors);
    }
}
