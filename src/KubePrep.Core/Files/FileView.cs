namespace KubePrep.Files;

/// <summary>
/// The files as they will be once everything staged has been renamed into place: planning and verification read through it, so
/// that they see one whole set, old or new, and never a mixture.
/// </summary>
internal sealed class FileView(IReadOnlyDictionary<string, string> staged)
{
    /// <summary>The files as they are.</summary>
    public static FileView OnDisk { get; } = new(new Dictionary<string, string>());

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

        return new FileView(staged);
    }

    public byte[]? Read(string path) => RegularFile.Read(Resolve(path));

    public FileStatus Status(string path) => FileStatus.Read(Resolve(path));

    private string Resolve(string path) => staged.GetValueOrDefault(path, path);
}
