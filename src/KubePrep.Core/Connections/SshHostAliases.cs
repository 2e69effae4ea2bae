using System.Buffers;
using System.Text.RegularExpressions;
using KubePrep.Files;

namespace KubePrep.Connections;

/// <summary>The hosts that a user's ssh configuration names literally (ssh_config(5)), with the files that it includes.</summary>
/// <param name="directory">The user's <c>.ssh</c>, to which an <c>Include</c> is relative.</param>
internal sealed partial class SshHostAliases(string directory)
{
    private const int MaximumDepth = 16; // ssh's own limit of includes in includes
    private const int MaximumEntries = 10_000; // of directories that includes look into, as a few stars may stand for very many files

    /// <summary>Patterns, and bytes that are no text.</summary>
    private static readonly SearchValues<char> NoPartsOfNames = SearchValues.Create("*?!\ufffd");

    private readonly HashSet<string> _read = [];
    private int _entries;

    /// <summary>The names and the files that they are in, as they are read; a name may come more than once.</summary>
    public IEnumerable<(string Name, string Path)> Read() => Read(Path.Join(directory, "config"), 1);

    [GeneratedRegex(@"^\s*(?<keyword>host|include)(?:\s*=\s*|\s+)(?<arguments>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Directive { get; }

    /// <summary>A word, in quotation marks or without; a # that begins one begins a comment.</summary>
    [GeneratedRegex("""\G\s*(?:"(?<word>[^"]*)"|(?<word>[^\s"#][^\s"]*))""", RegexOptions.CultureInvariant)]
    private static partial Regex Word { get; }

    private IEnumerable<(string Name, string Path)> Read(string path, int depth)
    {
        if (depth > MaximumDepth || !_read.Add(path))
        {
            yield break;
        }

        foreach (var match in SshFile.Lines(path).Select(line => Directive.Match(line)).Where(match => match.Success))
        {
            var words = Word.Matches(match.Groups["arguments"].Value).Select(word => word.Groups["word"].Value);
            var found = match.Groups["keyword"].ValueSpan.Equals("host", StringComparison.OrdinalIgnoreCase)
                ? words.Where(IsLiteral).Select(name => (name, path))
                : words.SelectMany(Included).SelectMany(file => Read(file, depth + 1));
            foreach (var host in found)
            {
                yield return host;
            }
        }
    }

    private static bool IsLiteral(string name) => !name.AsSpan().ContainsAny(NoPartsOfNames) && NodeTarget.IsHost(name);

    /// <summary>The files that an <c>Include</c> names, in the order of their names.</summary>
    private IEnumerable<string> Included(string pattern)
    {
        if (PlainText.Fault(pattern) is not null)
        {
            return [];
        }

        var full = pattern.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Join(Path.GetDirectoryName(directory), pattern.AsSpan(2))
            : Path.Combine(directory, pattern);
        return full.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((IEnumerable<string>)["/"], Expand);
    }

    /// <summary>Goes one step down a pattern: a star stands for no hidden file.</summary>
    private IEnumerable<string> Expand(IEnumerable<string> directories, string part) => GlobPattern.IsPattern(part)
        ? directories.SelectMany(Entries).Where(path =>
            GlobPattern.Matches(part, Path.GetFileName(path)) && (part[0] == '.' || Path.GetFileName(path)[0] != '.'))
        : directories.Select(parent => Path.Join(parent, part));

    private IReadOnlyList<string> Entries(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).TakeWhile(_ => ++_entries <= MaximumEntries).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
