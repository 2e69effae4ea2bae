using System.Text.RegularExpressions;

namespace KubePrep.Cli.Tests;

/// <summary>What a cluster's directory holds, by paths relative to it.</summary>
internal static partial class ClusterFiles
{
    /// <summary>While it exists, a commit is unfinished.</summary>
    public const string CommitRecord = ".kubeprep-commit.json";

    public const UnixFileMode SecretMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static readonly IReadOnlyList<string> Names = ["admin", "kube-proxy", "kube-scheduler", "kube-controller-manager"];

    public static readonly IReadOnlyList<string> Documents = ["ssl/ca-config.json", "ssl/ca-csr.json", .. Names.Select(name => $"ssl/{name}-csr.json")];

    public static readonly IReadOnlyList<string> Keys = ["ssl/ca-key.pem", .. Names.Select(name => $"ssl/{name}-key.pem")];

    public static readonly IReadOnlyList<string> Certificates = ["ssl/ca.pem", .. Names.Select(name => $"ssl/{name}.pem")];

    public static readonly IReadOnlyList<string> Kubeconfigs = [.. Names.Select(KubeconfigOf)];

    public static readonly IReadOnlyList<string> Secrets = [.. Keys, .. Kubeconfigs];

    /// <summary>What <c>--force</c> replaces: all but the documents.</summary>
    public static readonly IReadOnlyList<string> Replaceable = [.. Keys, .. Certificates, .. Kubeconfigs];

    public static readonly IReadOnlyList<string> All = [.. Documents, .. Replaceable];

    public static string KubeconfigOf(string name) => $"{(name == "admin" ? "kubectl" : name)}.kubeconfig";

    /// <summary>Whether a file's name, staged or not, is that of a secret.</summary>
    public static bool IsSecret(string path) => SecretName.IsMatch(Path.GetFileName(path));

    /// <summary>The contents of those of its files that are there.</summary>
    public static Dictionary<string, byte[]> Read(string directory) =>
        All.Where(path => File.Exists(Path.Join(directory, path))).ToDictionary(path => path, path => File.ReadAllBytes(Path.Join(directory, path)));

    /// <summary>The staged files that are there, by the path they are staged for.</summary>
    public static Dictionary<string, byte[]> ReadStaged(string directory) => Everything(directory)
        .Select(path => (Path: path, Target: StagedName.Match(Path.GetFileName(path)).Groups[1].Value))
        .Where(staged => staged.Target.Length > 0)
        .Select(staged => (staged.Path, Target: Path.GetRelativePath(directory, Path.Join(Path.GetDirectoryName(staged.Path), staged.Target))))
        .Where(staged => All.Contains(staged.Target))
        .ToDictionary(staged => staged.Target, staged => File.ReadAllBytes(staged.Path));

    /// <summary>Fails if anything is left of an unfinished run.</summary>
    public static void ExpectNoLeftovers(string directory) =>
        Assert.DoesNotContain(Everything(directory), path => Path.GetFileName(path).Contains(".kubeprep-", StringComparison.Ordinal));

    /// <summary>Fails if a secret, staged, in place or backed up, has ever another mode than 0600.</summary>
    public static void ExpectPrivateSecrets(string directory) => Assert.All(
        Everything(directory).Where(IsSecret),
        path => Assert.True(File.GetUnixFileMode(path) == SecretMode, $"{path} has mode {File.GetUnixFileMode(path)}"));

    /// <summary>Every file and directory below a directory, hidden ones too.</summary>
    public static IEnumerable<string> Everything(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateFileSystemEntries(
            directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        : [];

    [GeneratedRegex(@"(-key\.pem|\.kubeconfig)(\.kubeprep-[0-9a-f]+)?$")]
    private static partial Regex SecretName { get; }

    [GeneratedRegex(@"^\.(.+)\.kubeprep-[0-9a-f]+$")]
    private static partial Regex StagedName { get; }
}
