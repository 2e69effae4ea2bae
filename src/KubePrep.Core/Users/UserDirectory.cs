using KubePrep.Deployment;
using KubePrep.Files;

namespace KubePrep.Users;

/// <summary>Finds users by their files, of which some may be missing.</summary>
internal static class UserDirectory
{
    /// <summary>All files of a user.</summary>
    public static IReadOnlyList<string> PathsOf(UserFiles files) => [files.Certificate, files.Key, files.Kubeconfig, files.Manifest];

    /// <summary>The users of whom there is any file, in the order of their names.</summary>
    public static IReadOnlyList<UserFiles> List(ClusterLayout layout, FileView files) =>
    [
        .. files.List(layout.UsersDirectory, "*")
            .Select(path => NameOf(Path.GetFileName(path)))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => new UserFiles(layout.UsersDirectory, name)),
    ];

    /// <summary>Whose file it is; null if it is none of a user's.</summary>
    private static string? NameOf(string fileName) =>
        CommitRecord.IsStagedName(fileName) ? null
        : Without("-key.pem", fileName) ?? Without(".pem", fileName) ?? Without(".kubeconfig", fileName) ?? Without("-rbac.yaml", fileName);

    private static string? Without(string suffix, string fileName) =>
        fileName.Length > suffix.Length && fileName.EndsWith(suffix, StringComparison.Ordinal) ? fileName[..^suffix.Length] : null;
}
