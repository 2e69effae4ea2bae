namespace KubePrep.Renewal;

/// <summary>
/// A phase of changing a cluster's certificate authority. What was made in one phase works with everything of the one before and the one
/// after it.
/// </summary>
public enum AuthorityPhase
{
    /// <summary>A new authority is made, and everything that is told whom to trust is told both.</summary>
    Prepare,

    /// <summary>The new authority signs from now on, and every certificate is issued again by it; both are still trusted.</summary>
    Switch,

    /// <summary>The old authority is trusted no longer.</summary>
    Finish,
}
