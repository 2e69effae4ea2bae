namespace KubePrep.Cli.Tests;

/// <summary>A cluster's directory that a class of tests makes once, and that its tests only look at or copy.</summary>
public sealed class DeployedCluster : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public DeployedCluster() => Kubeprep.MustDeploy(Path);

    public string Path => _directory["cluster"];

    /// <summary>Copies it, modes and all, to a place that does not exist yet.</summary>
    public string CopyTo(string path)
    {
        Tool.Must("cp", "--archive", Path, path);
        return path;
    }

    public void Dispose() => _directory.Dispose();
}
