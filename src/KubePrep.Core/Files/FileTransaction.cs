using System.Security.Cryptography;
using System.Text;

namespace KubePrep.Files;

/// <summary>
/// Replaces and removes a set of files as one: each new one is written beside its target and synced, a record of the renames is written
/// durably, and only then is each renamed into place. A run killed before the record leaves the old set, one killed after it is completed by the next
/// transaction on the same directory.
/// </summary>
internal sealed class FileTransaction : IDisposable
{
    /// <summary>The mode of private keys and kubeconfigs, from birth.</summary>
    public const UnixFileMode SecretMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The mode of everything else, less the process's umask.</summary>
    public const UnixFileMode PublicMode = SecretMode | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const string BackupDirectory = "backup";
    public const UnixFileMode PrivateDirectoryMode = SecretMode | UnixFileMode.UserExecute;
    private const UnixFileMode PublicDirectoryMode =
        PrivateDirectoryMode | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(60);
    private readonly string _root;
    private readonly string _id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly DirectoryHandle _lock;
    private readonly List<CommitRecord.Rename> _renames = [];
    private readonly Dictionary<string, string> _staged = [];
    private readonly HashSet<string> _removed = [];
    private CommitRecord.Append? _addition;
    private bool _recorded;

    private FileTransaction(string root, DirectoryHandle @lock)
    {
        _root = root;
        _lock = @lock;
    }

    /// <summary>The files as they will be after <see cref="Commit"/>.</summary>
    public FileView View => new(_staged, _removed);

    private CommitRecord Record => new(_renames, [.. _removed.Select(path => Path.GetRelativePath(_root, path))], _addition);

    /// <summary>Whether an interrupted commit was completed when this transaction began.</summary>
    public bool CompletedInterruptedCommit { get; private init; }

    /// <summary>
    /// Waits for other processes' transactions on <paramref name="root"/>, which is made if it is missing, and completes or
    /// discards what an interrupted one left.
    /// </summary>
    /// <param name="root">The directory that is locked and holds the commit record; a full path.</param>
    /// <param name="subdirectories">Directories below it that files may have been staged in.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static FileTransaction Begin(string root, IReadOnlyList<string> subdirectories, CancellationToken cancellationToken)
    {
        MakeDirectory(root, PublicDirectoryMode);
        var @lock = DirectoryHandle.Open(root);
        try
        {
            @lock.Lock(LockTimeout, cancellationToken);
            var completed = CommitRecovery.Complete(root, @lock);
            string[] stagingPlaces = [root, Path.Join(root, BackupDirectory), .. subdirectories];
            Array.ForEach(stagingPlaces, place => CommitRecovery.Discard(root, place));
            return new FileTransaction(root, @lock) { CompletedInterruptedCommit = completed };
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Makes a directory, and public parents where those are missing too.</summary>
    /// <exception cref="KubePrepException">It cannot be made (<see cref="ErrorId.DirectoryNotWritable"/>).</exception>
    public static void MakeDirectory(string path, UnixFileMode mode)
    {
        try
        {
            Make(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.DirectoryNotWritable(path, e);
        }

        // parents are made one by one: .NET would leave their modes to the umask alone
        static void Make(string path, UnixFileMode mode)
        {
            if (Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent))
            {
                Make(parent, PublicDirectoryMode);
            }

            Directory.CreateDirectory(path, mode);
        }
    }

    /// <summary>Refuses a path at which something other than a directory stands; a missing one is fine.</summary>
    public static void RequireOwnDirectory(string path)
    {
        if (FileStatus.Read(path).Kind is not (FileKind.Directory or FileKind.Missing))
        {
            throw FileErrors.NotDirectory(path);
        }
    }

    /// <summary>Refuses a target at which something other than a regular file stands; a missing one is fine.</summary>
    public static void RequireRegularTarget(string path)
    {
        var kind = FileStatus.Read(path).Kind;
        if (kind is not (FileKind.Regular or FileKind.Missing))
        {
            throw FileErrors.NotRegularFile(path, kind);
        }
    }

    /// <summary>Writes and syncs the next content of a file, beside it. A directory that is missing is made with mode 0700.</summary>
    public void Stage(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        RequireRegularTarget(path);
        MakeDirectory(Path.GetDirectoryName(path)!, PrivateDirectoryMode);
        var staged = CommitRecord.StagedPath(path, _id);
        _staged.Add(path, staged);
        _renames.Add(RenameOf(staged, path)); // first of all, so that what a failure leaves is discarded
        var existing = FileStatus.Read(path);
        // a mode that its owner has made stricter stays so
        RegularFile.Create(staged, content, existing.Kind == FileKind.Regular ? mode & (existing.Mode | UnixFileMode.UserRead) : mode);
    }

    /// <summary>Takes a file away when the transaction is committed.</summary>
    public void Remove(string path)
    {
        RequireRegularTarget(path);
        _removed.Add(path);
    }

    /// <summary>
    /// Appends lines to a file when the transaction is committed, exactly once, whatever interrupts the commit. The file is not backed up,
    /// as nothing of it is lost; it is made if it is missing.
    /// </summary>
    /// <param name="path">The file; one in a transaction.</param>
    /// <param name="lines">Text that ends with a line feed.</param>
    public void Append(string path, string lines)
    {
        RequireRegularTarget(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            Stage(path, Encoding.UTF8.GetBytes(lines), PublicMode); // where there is no room for it, that is found out in time
            return;
        }

        // a last line that somebody left without its end must not run into the first of these
        var text = RegularFile.LastByte(path) is null or (byte)'\n' ? lines : $"\n{lines}";
        _addition = new CommitRecord.Append(Path.GetRelativePath(_root, path), file.Length, text);
    }

    /// <summary>
    /// Copies every file that is about to be replaced or removed to <c>backup/&lt;UTC time&gt;</c>, as part of the same commit.
    /// </summary>
    /// <returns>The backup's path, or null if nothing is replaced or removed.</returns>
    public string? BackUpReplaced(DateTimeOffset now)
    {
        var replaced = _staged.Keys.Concat(_removed).Where(File.Exists).ToList();
        if (replaced.Count == 0)
        {
            return null;
        }

        var backup = FreeBackupPath(now);
        RequireOwnDirectory(Path.GetDirectoryName(backup)!);
        MakeDirectory(Path.GetDirectoryName(backup)!, PrivateDirectoryMode);
        var staged = CommitRecord.StagedPath(backup, _id);
        _renames.Insert(0, RenameOf(staged, backup));
        MakeDirectory(staged, PrivateDirectoryMode);
        foreach (var path in replaced)
        {
            var copy = Path.Join(staged, Path.GetRelativePath(_root, path));
            MakeDirectory(Path.GetDirectoryName(copy)!, PrivateDirectoryMode);
            var status = FileStatus.Read(path);
            var content = RegularFile.Read(path);
            RegularFile.Create(copy, content, SecretMode);
            CryptographicOperations.ZeroMemory(content);
            RegularFile.SetMode(copy, status.Mode);
        }

        DirectoryHandle.Sync(staged);
        Array.ForEach(Directory.GetDirectories(staged, "*", SearchOption.AllDirectories), DirectoryHandle.Sync);
        return backup;
    }

    /// <summary>Replaces every staged file's target. From the moment the record is on the disk this is completed, now or by the next run.</summary>
    public void Commit()
    {
        if (_renames.Count == 0 && _removed.Count == 0 && _addition is null)
        {
            return;
        }

        foreach (var directory in Record.Directories(_root))
        {
            DirectoryHandle.Sync(directory);
        }

        var path = Path.Join(_root, CommitRecord.FileName);
        var staged = CommitRecord.StagedPath(path, _id);
        RegularFile.Create(staged, Record.ToBytes(), SecretMode);
        CommitRecovery.Move(staged, path);
        _recorded = true;
        CommitRecovery.Finish(_root, Record, _lock);
    }

    /// <summary>Discards what was staged and not committed, and lets the next process in.</summary>
    public void Dispose()
    {
        if (!_recorded)
        {
            try
            {
                Array.ForEach(Record.Directories(_root).Append(_root).Distinct().ToArray(), place => CommitRecovery.Discard(_root, place));
            }
            catch (KubePrepException)
            {
                // the next run discards it; what went wrong first is what the user has to read
            }
        }

        _lock.Dispose();
    }

    private CommitRecord.Rename RenameOf(string from, string to) =>
        new(Path.GetRelativePath(_root, from), Path.GetRelativePath(_root, to));

    private string FreeBackupPath(DateTimeOffset now)
    {
        var path = Path.Join(_root, BackupDirectory, $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? path : $"{path}-{i}").First(p => !Path.Exists(p));
    }
}
