namespace KubePrep.Deployment;

/// <summary>A certificate authority that was made or kept.</summary>
public sealed class DeployedAuthority : DeployedFile
{
    /// <summary>Where its private key is, or belongs if it is kept elsewhere.</summary>
    public required string KeyPath { get; init; }
}
