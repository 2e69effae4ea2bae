using KubePrep.Deployment;
using KubePrep.Users;
using KubePrep.Yaml;

namespace KubePrep.Core.Tests;

/// <summary>A deployed cluster, and the engine that makes, lists and removes its users.</summary>
internal sealed class People : IDisposable
{
    public People(DateTimeOffset? now = null)
    {
        Cluster = new Cluster(now);
        Cluster.Deploy();
        Engine = new UserEngine(new KubeconfigYaml(), new RoleBindingYaml(), Cluster.Clock);
    }

    public Cluster Cluster { get; }

    public UserEngine Engine { get; }

    public string UsersDirectory => Cluster["ssl/users"];

    /// <summary>The names of all files of users, none if there is no directory.</summary>
    public IReadOnlyList<string> Files =>
        Directory.Exists(UsersDirectory) ? [.. Directory.GetFileSystemEntries(UsersDirectory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    public IReadOnlyList<string> Ledger => [.. File.ReadLines(Cluster["ssl/issued.jsonl"])];

    public static IReadOnlyList<string> PathsOf(DeployedUser user) => [user.CertificatePath, user.KeyPath, user.Path, user.ManifestPath];

    public DeploymentResult Create(string name, Func<UserRequest, UserRequest>? change = null, RunOptions? options = null)
    {
        var request = new UserRequest(Cluster.Directory, name, UserRole.View);
        return Engine.Create(change?.Invoke(request) ?? request, options ?? new RunOptions());
    }

    /// <summary>Makes a user, and expects one row about it.</summary>
    public DeployedUser Make(string name, Func<UserRequest, UserRequest>? change = null) =>
        Assert.IsType<DeployedUser>(Assert.Single(Create(name, change).Files));

    public ClusterUser Find(string name) => Assert.Single(Engine.List(Cluster.Directory, name));

    public DeploymentResult Remove(string name, RunOptions? options = null) => Engine.Remove(Cluster.Directory, name, options ?? new RunOptions());

    public void Dispose() => Cluster.Dispose();
}
