using KubePrep.Deployment;

namespace KubePrep.Parameters;

/// <summary>Offers the names of the clients that every cluster has.</summary>
public sealed class CommonNameCompleter() : WordCompleter([.. ClusterIdentity.All.Select(identity => identity.CommonName)]);
