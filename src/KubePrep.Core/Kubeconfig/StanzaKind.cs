namespace KubePrep.Kubeconfig;

/// <summary>The three lists of a kubeconfig, each of which has entries of its own name.</summary>
public enum StanzaKind
{
    /// <summary>An API server, in <c>clusters</c>.</summary>
    Cluster,

    /// <summary>Which user at which cluster, in <c>contexts</c>.</summary>
    Context,

    /// <summary>Credentials, in <c>users</c>.</summary>
    User,
}
