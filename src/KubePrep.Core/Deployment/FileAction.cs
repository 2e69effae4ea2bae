namespace KubePrep.Deployment;

/// <summary>What is to be done with a file: nothing where there is no reason; else make it, or replace the one that exists.</summary>
internal readonly record struct FileAction(bool Exists, string? Reason)
{
    public static FileAction Create => new(false, "it is missing");

    public static FileAction Keep => new(true, null);

    public bool IsNeeded => Reason is not null;

    public static FileAction Replace(string reason) => For(exists: true, reason);

    /// <summary>Keeps what exists unless there is a reason, and creates what does not.</summary>
    public static FileAction For(bool exists, string? reason) => exists ? new FileAction(true, reason is null ? null : PlainText.Printable(reason)) : Create;

    public DeploymentStatus Status(bool whatIf) => (IsNeeded, Exists, whatIf) switch
    {
        (false, _, _) => DeploymentStatus.Kept,
        (true, false, false) => DeploymentStatus.Created,
        (true, false, true) => DeploymentStatus.WouldCreate,
        (true, true, false) => DeploymentStatus.Replaced,
        (true, true, true) => DeploymentStatus.WouldReplace,
    };
}
