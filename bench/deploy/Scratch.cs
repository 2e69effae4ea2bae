namespace KubePrep.Bench.Deploy;

/// <summary>A directory for what the runs make; whoever gave it removes it.</summary>
internal sealed class Scratch(string root)
{
    private int _count;

    /// <summary>The file system it is on, such as <c>ext4</c> or <c>tmpfs</c>.</summary>
    public string FileSystem => new DriveInfo(root).DriveFormat;

    /// <summary>The path of a directory that does not exist yet.</summary>
    private string Fresh() => Path.Join(root, $"{++_count}");

    /// <summary>Hands out a fresh path, and removes what came to stand there.</summary>
    public T Use<T>(Func<string, T> use)
    {
        var directory = Fresh();
        try
        {
            return use(directory);
        }
        finally
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }
}
