namespace KubePrep.Connections;

/// <summary>Whether the work on a node needs root.</summary>
internal enum RootNeed
{
    /// <summary>Nothing can be done without.</summary>
    Required,

    /// <summary>It is done as root where that needs no password, and otherwise as the user who logged in: reading needs no more.</summary>
    Preferred,
}
