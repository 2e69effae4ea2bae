using KubePrep.Files;

namespace KubePrep.Deployment;

/// <summary>What planners look at: the files, the time, what opens the authority's key, and a list for what the user should know.</summary>
internal sealed record PlanContext(ClusterLayout Layout, FileView Files, DateTimeOffset Now, Secret? CaPassphrase)
{
    /// <summary>The reason for everything that is replaced because the user said so.</summary>
    public const string Forced = "replacing it was asked for";

    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Notes something the user should know, once.</summary>
    public void Warn(string sentence)
    {
        if (!_warnings.Contains(sentence))
        {
            _warnings.Add(sentence);
        }
    }

    /// <summary>The plan's files that are there and are open to more people than they should be, with the mode they should have.</summary>
    public IReadOnlyList<(string Path, UnixFileMode Mode)> LooseFiles(DeploymentPlan plan) =>
    [
        .. plan.Secrets.Where(path => Files.Status(path) is { Kind: FileKind.Regular, IsOpenToOthers: true })
            .Select(path => (path, FileTransaction.SecretMode)),
        .. plan.PublicFiles.Where(path => Files.Status(path) is { Kind: FileKind.Regular } status && status.Mode.HasFlag(UnixFileMode.OtherWrite))
            .Select(path => (path, FileTransaction.PublicMode)),
    ];

    /// <summary>Whether a file is there.</summary>
    /// <exception cref="KubePrepException">Something other than a regular file is (<see cref="ErrorId.NotRegularFile"/>).</exception>
    public bool Exists(string path)
    {
        var kind = Files.Status(path).Kind;
        return kind switch
        {
            FileKind.Missing => false,
            FileKind.Regular => true,
            _ => throw FileErrors.NotRegularFile(path, kind),
        };
    }
}
