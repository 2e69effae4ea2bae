namespace KubePrep.Connections;

/// <summary>Which ssh servers are trusted.</summary>
public enum HostKeyPolicy
{
    /// <summary>Only those whose host key is known.</summary>
    Strict,

    /// <summary>Also those never seen before, whose key is then known; one whose key has changed is refused.</summary>
    AcceptNew,
}
