using KubePrep.Users;

namespace KubePrep.Parameters;

/// <summary>Offers the users whose files are in the cluster's directory.</summary>
public sealed class UserNameCompleter : ClusterFileCompleter
{
    private protected override IEnumerable<string> Names(string clusterDirectory)
    {
        foreach (var name in UserEngine.Names(clusterDirectory))
        {
            yield return name;
        }
    }
}
