namespace KubePrep.Kubeconfig;

/// <summary>What happened to a context with its cluster and user, or would happen.</summary>
public enum ContextStatus
{
    /// <summary>All three were there, and say the same.</summary>
    Kept,

    /// <summary>One of them at least was missing, and was added.</summary>
    Added,

    /// <summary>One of them at least said something else, and was replaced.</summary>
    Replaced,

    /// <summary>It was removed, with its cluster and user unless others need them.</summary>
    Removed,

    /// <summary>One of them at least is missing, and would be added.</summary>
    WouldAdd,

    /// <summary>One of them at least says something else, and would be replaced.</summary>
    WouldReplace,

    /// <summary>It would be removed, with its cluster and user unless others need them.</summary>
    WouldRemove,
}
