using KubePrep.Files;

namespace KubePrep.Deployment;

/// <summary>Where the files of one person are, in <c>ssl/users</c>.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="Name">The user's name, as Kubernetes sees it and as the files are called.</param>
internal sealed record UserFiles(string Directory, string Name)
{
    private const string KeySuffix = "-key.pem";

    public string Certificate => Path.Join(Directory, $"{Name}.pem");

    public string Key => Path.Join(Directory, Name + KeySuffix);

    public string Kubeconfig => Path.Join(Directory, $"{Name}.kubeconfig");

    /// <summary>The binding that gives the user a role, for <c>kubectl apply</c>.</summary>
    public string Manifest => Path.Join(Directory, $"{Name}-rbac.yaml");

    /// <summary>The users there are: one for every certificate, in the order of their names.</summary>
    public static IReadOnlyList<UserFiles> List(ClusterLayout layout, FileView files) =>
    [
        .. files.List(layout.UsersDirectory, "*.pem").Where(path => !path.EndsWith(KeySuffix, StringComparison.Ordinal))
            .Select(path => new UserFiles(layout.UsersDirectory, Path.GetFileNameWithoutExtension(path))),
    ];
}
