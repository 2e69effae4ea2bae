using System.IO.Enumeration;

namespace KubePrep.Files;

/// <summary>
/// The files as they will be once everything staged has been renamed into place, and what is to go removed: planning and verification read through it, so
/// that they see one whole set, old or new, and never a mixture.
/// </summary>
internal sealed class FileView(IReadOnlyDictionary<string, string> staged, IReadOnlySet<string> removed)
{
    /// <summary>The files as they are.</summary>
    public static FileView OnDisk { get; } = new(new Dictionary<string, string>(), new HashSet<string>());

    /// <summary>The files as they would be after an interrupted commit of <paramref name="root"/> was completed.</summary>
    public static FileView Of(string root)
    {
        var record = CommitRecord.Read(root);
        var staged = new Dictionary<string, string>();
        foreach (var rename in record?.Renames ?? [])
        {
            var from = Path.Join(root, rename.From);
            if (FileStatus.Read(from).Kind == FileKind.Regular)
            {
                staged[Path.Join(root, rename.To)] = from;
            }
        }

        return new FileView(staged, record?.Removals.Select(removal => Path.Join(root, removal)).ToHashSet() ?? []);
    }

    public byte[]? Read(string path) => removed.Contains(path) ? null : RegularFile.Read(Resolve(path));

    public FileStatus Status(string path) => removed.Contains(path) ? default : FileStatus.Read(Resolve(path));

    /// <summary>The paths of the regular files of a directory that match a pattern, in the order of their names; none if there is no such directory.</summary>
    public IReadOnlyList<string> List(string directory, string pattern)
    {
        try
        {
            var found = Directory.Exists(directory) ? Directory.GetFiles(directory, pattern) : [];
            var waiting = staged.Keys.Where(path => Path.GetDirectoryName(path) == directory && FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path)));
            return [.. found.Concat(waiting).Distinct().Where(path => Status(path).Kind == FileKind.Regular).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.ReadFailed(directory, e);
        }
    }

    private string Resolve(string path) => staged.GetValueOrDefault(path, path);
}
