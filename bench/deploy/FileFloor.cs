namespace KubePrep.Bench.Deploy;

/// <summary>
/// The files of a deployment and nothing else: each written beside its place and synced, a record of them too, then each renamed into
/// place, with the directories synced before and after. This is the least that a set of files takes which is to be replaced as one.
/// </summary>
internal sealed class FileFloor
{
    private const string Subdirectory = "ssl";
    private const string StagedSuffix = ".staged";
    private readonly List<(string Name, byte[] Content)> _files;
    private readonly byte[] _record;

    /// <param name="model">A deployed directory, whose files are written again.</param>
    public FileFloor(string model)
    {
        _files =
        [
            .. Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories)
                .Select(path => (Path.GetRelativePath(model, path), File.ReadAllBytes(path))),
        ];
        _record = new byte[_files.Sum(file => 2 * file.Name.Length)];
    }

    public Sample Write(string directory) => InProcess.Time(() =>
    {
        string[] directories = [directory, Path.Join(directory, Subdirectory)];
        Array.ForEach(directories, path => Directory.CreateDirectory(path));
        var record = Path.Join(directory, "record");
        _files.ForEach(file => Create(Path.Join(directory, file.Name + StagedSuffix), file.Content));
        Array.ForEach(directories, NativeMethods.SyncDirectory);
        Create(record + StagedSuffix, _record);
        File.Move(record + StagedSuffix, record);
        NativeMethods.SyncDirectory(directory);
        _files.ForEach(file => File.Move(Path.Join(directory, file.Name + StagedSuffix), Path.Join(directory, file.Name)));
        Array.ForEach(directories, NativeMethods.SyncDirectory);
        File.Delete(record);
        NativeMethods.SyncDirectory(directory);
    });

    private static void Create(string path, byte[] content)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
