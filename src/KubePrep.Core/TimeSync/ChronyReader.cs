using System.Text;
using KubePrep.Facts;
using KubePrep.Files;

namespace KubePrep.TimeSync;

/// <summary>Reads chronyd's files line by line, in the order in which chronyd does.</summary>
internal sealed class ChronyReader
{
    private const int MaximumDepth = 10; // chronyd's own limit of includes in includes, where it gives up
    private const int MaximumLineLength = 2047;
    private const int MaximumDirectories = 10;
    private const int MaximumWork = 100_000; // lines read and files looked at, as few files can include each other very many times
    private const string CommentMarks = "!;#%";

    private static readonly char[] Blanks = [' ', '\t', '\v', '\f', '\r'];

    private readonly NodeFileCollection _files;
    private readonly List<string> _sourceDirectories = [];
    private int _work;

    /// <summary>A reader of a node's files.</summary>
    public ChronyReader(NodeFileCollection files) => _files = files;

    /// <summary>Reads a file, and those that it includes.</summary>
    /// <param name="path">The file; nothing is read if it is not there.</param>
    /// <param name="apply">Is given each directive in small letters, and its arguments with one space between them.</param>
    public void Read(string path, Action<string, string> apply) => Read(path, apply, 1);

    /// <summary>Reads the source files of all directories that were named.</summary>
    /// <param name="add">Is given the arguments of each source.</param>
    public void ReadSources(Action<string> add)
    {
        foreach (var file in _sourceDirectories.SelectMany(line => Files(line, ".sources")))
        {
            foreach (var (directive, arguments) in Lines(file, mustEnd: true))
            {
                if (directive is "server" or "pool" or "peer")
                {
                    add(arguments);
                }
            }
        }
    }

    /// <summary>The directories of a line of them, without needless slashes; none if there are too many.</summary>
    public static IReadOnlyList<string> Directories(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: <= MaximumDirectories } paths ? [.. paths.Select(Normalize)] : [];

    /// <summary>Whether an <c>include</c> reads a file, if it is there.</summary>
    /// <param name="pattern">The pattern (glob(7)), in which a star stands for no hidden file.</param>
    /// <param name="path">The file's path.</param>
    public static bool Includes(string pattern, string path)
    {
        pattern = Normalize(pattern);
        return !pattern.Contains(' ', StringComparison.Ordinal) && GlobPattern.Matches(pattern, path)
            && (!Path.GetFileName(path).StartsWith('.') || Path.GetFileName(pattern).StartsWith('.'));
    }

    private void Read(string path, Action<string, string> apply, int depth)
    {
        if (depth > MaximumDepth || _work > MaximumWork || _files[path] is not { } file)
        {
            return;
        }

        foreach (var (directive, arguments) in Lines(file, mustEnd: false))
        {
            apply(directive, arguments);
            foreach (var included in Included(directive, arguments))
            {
                Read(included.Path, apply, depth + 1);
            }

            if (directive == "sourcedir")
            {
                _sourceDirectories.Add(arguments);
            }
        }
    }

    private IEnumerable<NodeFile> Included(string directive, string arguments) => directive switch
    {
        "confdir" => Files(arguments, ".conf"),
        "include" when Spend(_files.Count) => _files.Where(file => Includes(arguments, file.Path)),
        _ => [],
    };

    /// <summary>The files of directories by the order of their names, of those with one name that of the first directory.</summary>
    private IReadOnlyList<NodeFile> Files(string directories, string suffix) =>
        Spend(_files.Count * MaximumDirectories) ? _files.DropIns(suffix, Directories(directories)) : [];

    private IEnumerable<(string Directive, string Arguments)> Lines(NodeFile file, bool mustEnd)
    {
        var lines = Encoding.UTF8.GetString(file.Content.Span).Split('\n');
        foreach (var line in mustEnd ? lines[..^1] : lines)
        {
            if (!Spend(1))
            {
                yield break;
            }

            var words = line.Split('\0')[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (line.Length <= MaximumLineLength && words is [var directive, .. var arguments] && !CommentMarks.Contains(directive[0]))
            {
                yield return (directive.ToLowerInvariant(), string.Join(' ', arguments));
            }
        }
    }

    private bool Spend(int work) => (_work += work) <= MaximumWork;

    private static string Normalize(string path) =>
        "/" + string.Join('/', path.Split('/').Where(part => part is not ("" or ".")));
}
