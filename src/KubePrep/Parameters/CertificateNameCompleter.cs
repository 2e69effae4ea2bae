using KubePrep.Deployment;
using KubePrep.Files;
using KubePrep.Renewal;

namespace KubePrep.Parameters;

/// <summary>Offers the certificates of the cluster's directory that can be renewed, those of people last.</summary>
public sealed class CertificateNameCompleter : ClusterFileCompleter
{
    private protected override IEnumerable<string> Names(string clusterDirectory)
    {
        var layout = ClusterLayout.Of(clusterDirectory);
        foreach (var certificate in LeafFiles.List(layout, FileView.Of(layout.ClusterDirectory)))
        {
            yield return certificate.Name;
        }
    }
}
