using System.Text;

namespace KubePrep.Files;

/// <summary>What makes a commit survive its process: finishing what was recorded, and discarding what was only staged.</summary>
internal static class CommitRecovery
{
    /// <summary>Completes the commit that an interrupted run had recorded.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool Complete(string root, DirectoryHandle @lock)
    {
        var record = CommitRecord.Read(root);
        if (record is null)
        {
            return false;
        }

        foreach (var directory in record.Directories(root).SelectMany(directory => Below(root, directory)))
        {
            FileTransaction.RequireOwnDirectory(directory); // a record never leads through a link
        }

        Finish(root, record, @lock);
        return true;
    }

    /// <summary>Does everything of a record that is not done yet, makes that durable, and removes the record.</summary>
    /// <exception cref="KubePrepException">It could not be done; the record stays (<see cref="ErrorId.CommitUnfinished"/>).</exception>
    public static void Finish(string root, CommitRecord record, DirectoryHandle rootHandle)
    {
        try
        {
            rootHandle.Sync();
            foreach (var rename in record.Renames)
            {
                var from = Path.Join(root, rename.From);
                if (FileStatus.Read(from).Kind != FileKind.Missing)
                {
                    Move(from, Path.Join(root, rename.To));
                }
            }

            foreach (var removal in record.Removals)
            {
                File.Delete(Path.Join(root, removal));
            }

            if (record.Addition is var (path, length, text))
            {
                RegularFile.Append(Path.Join(root, path), length, Encoding.UTF8.GetBytes(text), FileTransaction.PublicMode);
            }

            foreach (var directory in record.Directories(root).Where(Directory.Exists))
            {
                DirectoryHandle.Sync(directory);
            }

            File.Delete(Path.Join(root, CommitRecord.FileName));
            rootHandle.Sync();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KubePrepException)
        {
            throw FileErrors.CommitUnfinished(root, e is KubePrepException { InnerException: { } cause } ? cause : e);
        }
    }

    /// <summary>Removes what was staged in a directory and never committed; only <paramref name="root"/> itself may be reached by a link.</summary>
    public static void Discard(string root, string directory)
    {
        if (!Directory.Exists(directory) || Below(root, directory).Any(path => FileStatus.Read(path).Kind != FileKind.Directory))
        {
            return;
        }

        try
        {
            // by their names alone: to look at each entry would cost a directory of thousands of users dearly, at every run
            foreach (var path in Directory.EnumerateFileSystemEntries(directory, ".*").Where(path => CommitRecord.IsStagedName(Path.GetFileName(path))))
            {
                if (FileStatus.Read(path).Kind == FileKind.Directory)
                {
                    Directory.Delete(path, recursive: true);
                }
                else
                {
                    File.Delete(path);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.DirectoryNotWritable(directory, e);
        }
    }

    /// <summary>Renames a file over its target, or a directory to a free name.</summary>
    public static void Move(string from, string to)
    {
        try
        {
            if (Directory.Exists(from))
            {
                Directory.Move(from, to);
            }
            else
            {
                File.Move(from, to, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.WriteFailed(to, e);
        }
    }

    /// <summary>A directory and those above it, up to <paramref name="root"/>, which is not among them.</summary>
    private static IEnumerable<string> Below(string root, string directory)
    {
        for (var path = directory; path != root; path = Path.GetDirectoryName(path)!)
        {
            yield return path;
        }
    }
}
