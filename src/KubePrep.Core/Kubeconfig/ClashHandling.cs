namespace KubePrep.Kubeconfig;

/// <summary>What becomes of a cluster, context or user of which the destination has a different one of its name.</summary>
public enum ClashHandling
{
    /// <summary>Nothing is merged, and every clash is named.</summary>
    Refuse,

    /// <summary>The incoming one gets the first free name with -2, -3 and so on behind it.</summary>
    Rename,

    /// <summary>The incoming one takes the place of the other.</summary>
    Replace,
}
