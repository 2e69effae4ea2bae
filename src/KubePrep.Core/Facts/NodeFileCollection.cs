using System.Collections;

namespace KubePrep.Facts;

/// <summary>The configuration files of a node that KubePrep reads.</summary>
public sealed class NodeFileCollection : IReadOnlyCollection<NodeFile>
{
    private readonly SortedDictionary<string, NodeFile> _files = new(StringComparer.Ordinal);

    /// <summary>Makes the collection; of files with one path, the last counts.</summary>
    /// <param name="files">The files.</param>
    public NodeFileCollection(params IEnumerable<NodeFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            _files[file.Path] = file;
        }
    }

    /// <inheritdoc/>
    public int Count => _files.Count;

    /// <summary>The file at a path, or null.</summary>
    /// <param name="path">An absolute path on the node.</param>
    public NodeFile? this[string path] => _files.GetValueOrDefault(path);

    /// <summary>
    /// The drop-in files that systemd's programs read, in the order of their names; a file in an earlier directory hides one with the
    /// same name in a later one (sysctl.d(5), systemd.unit(5)). Hidden files are none.
    /// </summary>
    /// <param name="suffix">What names end with, such as <c>.conf</c>.</param>
    /// <param name="directories">The directories, the strongest first, without a slash at the end.</param>
    public IReadOnlyList<NodeFile> DropIns(string suffix, params IReadOnlyList<string> directories)
    {
        var byName = new SortedDictionary<string, NodeFile>(StringComparer.Ordinal);
        foreach (var directory in directories.Reverse())
        {
            foreach (var file in _files.Values.Where(file => IsIn(file.Path, directory) && file.Path.EndsWith(suffix, StringComparison.Ordinal)))
            {
                byName[Path.GetFileName(file.Path)] = file;
            }
        }

        return [.. byName.Values];
    }

    /// <summary>The files with one more, or with another content of one.</summary>
    internal NodeFileCollection With(string path, ReadOnlyMemory<byte> content) => new(_files.Values.Append(new NodeFile(path, content)));

    /// <summary>The files but one.</summary>
    internal NodeFileCollection Without(string path) => new(_files.Values.Where(file => file.Path != path));

    /// <inheritdoc/>
    public IEnumerator<NodeFile> GetEnumerator() => _files.Values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsIn(string path, string directory) =>
        path.Length > directory.Length + 1 && path.LastIndexOf('/') == directory.Length && path.StartsWith(directory, StringComparison.Ordinal)
        && path[directory.Length + 1] != '.';
}
